"use strict";
// Sends the query, shows the rows. Whatever comes from the graph goes in as text, never as markup.
(() => {
  const $ = (id) => document.getElementById(id);
  const form = document.querySelector("form");
  const text = $("query");
  const library = JSON.parse($("texts").textContent);
  const base = "/id/";

  function make(tag, content, parent) {
    const node = document.createElement(tag);
    if (content !== undefined) node.textContent = content;
    if (parent) parent.append(node);
    return node;
  }

  function say(message, bad) {
    $("state").textContent = message;
    $("state").className = bad ? "error" : "dim";
  }

  function value(term, cell) {
    if (!term) return;
    if (term.type !== "uri" || !/^https?:\/\//.test(term.value)) {
      cell.textContent = term.value;
      return;
    }
    const found = term.value.match(/^https?:\/\/.*?(\/id\/.+)$/);
    const link = make("a", found ? decode(found[1].slice(base.length)) : term.value, cell);
    // a thing of the graph has its page here; the server says 404 for what is none of its own
    link.href = found ? found[1].replace(/[?#]/g, encodeURIComponent) : term.value;
    link.title = term.value;
    link.rel = "noreferrer";
  }

  function decode(part) {
    try { return decodeURIComponent(part); } catch { return part; }
  }

  function table(answer) {
    const names = answer.head.vars;
    const node = make("table");
    const head = make("tr", undefined, make("thead", undefined, node));
    for (const name of names) make("th", name, head);
    const body = make("tbody", undefined, node);
    for (const row of answer.results.bindings) {
      const line = make("tr", undefined, body);
      for (const name of names) value(row[name], make("td", undefined, line));
    }
    return node;
  }

  function place(at) {
    const lines = text.value.split("\n");
    const start = lines.slice(0, at.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + at.column - 1;
    text.focus();
    text.setSelectionRange(start, Math.min(start + 1, text.value.length));
  }

  async function run() {
    const query = text.value;
    $("result").replaceChildren();
    $("csv").hidden = $("link").hidden = true;
    say("… 查询中 Running");
    const began = performance.now();
    const parameters = new URLSearchParams({ query });
    history.replaceState(null, "", `#${parameters}`);
    try {
      const answer = await fetch("/sparql", {
        method: "POST", body: parameters,
        headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9, application/json;q=0.1" },
      });
      const seconds = ((performance.now() - began) / 1000).toFixed(2);
      if (!answer.ok) {
        const problem = await answer.json();
        say(problem.error, true);
        if (problem.line) place(problem);
        return;
      }
      const cut = answer.headers.get("X-SPARQL-MaxRows");
      const note = cut ? `；只给出前 ${cut} 行 cut off at ${cut} rows` : "";
      if (answer.headers.get("Content-Type").startsWith("text/turtle")) {
        make("pre", await answer.text(), $("result"));
        say(`${seconds} s${note}`);
        return;
      }
      const found = await answer.json();
      if ("boolean" in found) {
        say(`${found.boolean ? "是 true" : "否 false"} (${seconds} s)`);
        return;
      }
      $("result").append(table(found));
      say(`${found.results.bindings.length} 行 rows, ${seconds} s${note}`);
      $("csv").href = `/sparql?${parameters}`;
      $("link").href = `#${parameters}`;
      $("csv").hidden = $("link").hidden = false;
    } catch (error) {
      say(`服务器没有回答 The server does not answer: ${error.message}`, true);
    }
  }


  $("csv").addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch($("csv").getAttribute("href"), { headers: { Accept: "text/csv" } });
    const link = make("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = "answer.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  $("library").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    for (const other of $("library").children) other.setAttribute("aria-pressed", String(other === button));
    text.value = library.find((query) => query.name === button.dataset.name).text;
    run();
  });
  function linked() {
    const given = new URLSearchParams(location.hash.slice(1)).get("query");
    if (given) { text.value = given; run(); }
  }
  window.addEventListener("hashchange", linked);
  linked();
})();
