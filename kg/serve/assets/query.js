"use strict";
// YASGUI with this server's endpoint only: the library's questions open as tabs, a thing's IRI leads to its page here.
(() => {
  const $ = (id) => document.getElementById(id);
  const library = JSON.parse($("texts").textContent);
  const words = JSON.parse($("words").textContent);
  const endpoint = `${location.origin}/sparql`;

  function say(message, bad) {
    $("state").textContent = message;
    $("state").className = bad ? "error" : "dim";
  }

  function make(tag, content, parent) {
    const node = document.createElement(tag);
    if (content !== undefined) node.textContent = content;
    if (parent) parent.append(node);
    return node;
  }

  // A value that is an address: a link only to a page of this server or of the web, its text shortened by a prefix.
  const Table = Yasgui.Yasr.plugins.table.prototype;
  Table.getUriLinkFromBinding = (binding, prefixes) => {
    const address = binding.value;
    const known = Object.entries(prefixes || {}).filter(([, start]) => start && address.startsWith(start));
    const [prefix, start] = known.sort(([, a], [, b]) => b.length - a.length)[0] || ["", ""];
    let shown = start ? `${prefix}:${address.slice(start.length)}` : address;
    try { shown = decodeURIComponent(shown); } catch { /* as it stands */ }
    if (!/^https?:\/\//.test(address)) return make("span", shown).outerHTML;
    const link = make("a", shown);
    link.className = "iri";
    link.title = address;
    link.rel = "noreferrer";
    link.href = address.startsWith(`${words.base}id/`)
      ? `/${address.slice(words.base.length)}`.replace(/[?#]/g, encodeURIComponent)
      : address;
    return link.outerHTML;
  };

  // Values without their types at first; the box "Simple view" shows them.
  const { draw, getColumns } = Table;
  Table.draw = function drawn(config) {
    return draw.call(this, { compact: true, ...config });
  };
  // For sorting and searching YASGUI gives the bare text to a parser of HTML; here it is escaped before.
  Table.getColumns = function columns() {
    const found = getColumns.call(this);
    for (const column of found.slice(1)) {
      const { render } = column;
      column.render = (data, type, ...rest) => (
        data && (type === "filter" || type === "sort" || !type)
          ? make("i", data.value).innerHTML
          : render(data, type, ...rest)
      );
    }
    return found;
  };

  // What may be typed after a letter: this vocabulary's words, not those of a service on the web.
  for (const kind of ["class", "property"]) {
    Yasgui.Yasqe.forkAutocompleter(kind, {
      name: `own-${kind}`, bulk: true, persistenceId: null, get: () => words[kind],
    }, false);
  }

  const ours = {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [], keys: [] },
  };
  const yasgui = new Yasgui($("yasgui"), {
    ...ours,
    copyEndpointOnNewTab: true,
    autofocus: false,
    persistenceId: "unsc-kg",
    populateFromUrl: (tab) => ({ ...tab, requestConfig: { ...tab.requestConfig, ...ours.requestConfig } }),
    yasqe: {
      value: "SELECT * WHERE { ?s ?p ?o } LIMIT 10",
      autocompleters: ["prefixes", "variables", "own-class", "own-property"],
    },
    yasr: { prefixes: words.prefixes },
  });

  function tabOf(name) {
    return Object.values(yasgui._tabs).find((tab) => tab.getName() === name);
  }

  function open(name) {
    const query = library.find((each) => each.name === name);
    let tab = tabOf(name);
    if (tab) yasgui.selectTabId(tab.getId());
    else {
      tab = yasgui.addTab(true, {
        ...Yasgui.Tab.getDefaults(yasgui), name, yasqe: { value: query.text }, requestConfig: ours.requestConfig,
      });
    }
    say(`${query.zh} ${query.en}`);
    mark();
    tab.query().catch(() => { /* the tab shows it */ });
  }

  function mark() {
    const tab = yasgui.getTab();
    for (const button of $("library").children) {
      button.setAttribute("aria-pressed", String(Boolean(tab) && button.dataset.name === tab.getName()));
    }
  }

  // what was cut off is said, and where a query is wrong is marked
  function watch(id) {
    const editor = yasgui.getTab(id) && yasgui.getTab(id).getYasqe();
    if (!editor || editor.kgWatched) return;
    editor.kgWatched = true;
    editor.on("queryResponse", (_editor, answer, took) => {
      const seconds = `${(took / 1000).toFixed(2)} s`;
      if (answer instanceof Error) {
        let told = {};
        try { told = JSON.parse(answer.message); } catch { /* no answer of ours */ }
        say(told.error || `服务器没有回答 The server does not answer: ${answer.message}`, true);
        if (told.line) {
          editor.setSelection({ line: told.line - 1, ch: told.column - 1 }, { line: told.line - 1, ch: told.column });
          editor.focus();
        }
        return;
      }
      const cut = answer.headers.get("X-SPARQL-MaxRows");
      say(cut ? `${seconds}；只给出前 ${cut} 行 cut off at ${cut} rows` : seconds);
    });
  }

  yasgui.on("tabSelect", (_yasgui, id) => { mark(); setTimeout(() => watch(id)); });
  for (const id of Object.keys(yasgui._tabs)) watch(id);
  mark();

  $("library").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) open(button.dataset.name);
  });
  $("find").addEventListener("input", () => {
    const wanted = $("find").value.trim().toLowerCase();
    for (const button of $("library").children) {
      button.hidden = !`${button.dataset.name} ${button.textContent}`.toLowerCase().includes(wanted);
    }
  });
})();
