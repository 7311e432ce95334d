"""Akoma Ntoso files made up after those of the UN, with the oddities that theirs have."""

from __future__ import annotations

from kg.model import Document
from kg.read import read_bytes
from kg.structure import structure

__all__ = ["COVER", "PREAMBLE", "akn", "cover", "meta", "read", "structured", "voters"]

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MEMBERS = (
    *("ALBANIA", "BRAZIL", "CHINA", "CÔTE D'IVOIRE", "FRANCE", "GABON", "GHANA", "NIGER", "NORWAY", "VIET NAM"),
    *("RUSSIAN FEDERATION", "SAINT VINCENT AND THE GRENADINES", "TÜRKIYE", "UNITED KINGDOM", "UNITED STATES"),
)


def akn(inside: str, *, name: str = "resolution", element: str = "statement", head: str = "") -> str:
    """A file around ``inside`` (meta, cover page, body), with the line ends of the UN's files."""
    text = f"""{head}<akomaNtoso xmlns="{NAMESPACE}" xmlns:akn4un="http://un.org/akn4un">
  <!--An unofficial copy <p>with a comment</p>-->
  <{element} name="{name}">
{inside}
  </{element}>
</akomaNtoso>
"""
    return text.replace("\n", "\r\n")


def cover(adopted: str, *, symbol: str = "S/RES/2999 (2031)", number: str = "2999(2031)") -> str:
    """A cover page; ``adopted`` is what stands in its line of adoption."""
    return f"""    <coverPage eId="coverPage_1">
      <p>
        <span class="upperLeft">
          <docAuthority refersTo="#publisher">联合国</docAuthority>
        </span>
      </p>
      <p class="upperRight">
        <docNumber refersTo="#symbol">{symbol}</docNumber>
      </p>
      <p><img src="logo-un.jpg"></img>
        <docAuthority refersTo="#issuingBody">安全理事会</docAuthority>
      </p>
      <p>
        <docStatus class="rightSmall">Distr.: General</docStatus>
      </p>
      <p><docDate date="2031-01-31" refersTo="#dateOfIssuance">31 January 2031</docDate></p>
      <p xml:space="preserve">
        <docTitle refersTo="#resolutionNumber">\t\t第{number}号决议</docTitle>
      </p>
      <p xml:space="preserve">
        <docTitle refersTo="#adoption">
          {adopted}
        </docTitle>
      </p>
    </coverPage>"""


COVER = cover("""<docDate date="2031-01-31" refersTo="#adoptionDate">2031年1月31日</docDate>
          <inline name="adoptionMeeting" title="9999">9999次会议通过</inline>""")
"""The line of adoption lacks 安全理事会第, as most do."""

PREAMBLE = """    <preamble>
      <formula name="enactingFormula"><p xml:space="preserve">
          <span class="bold">安全理事会</span>，</p>
      </formula>
      <container name="回顾"><p xml:space="preserve">\t<span class="bold">回顾</span>其第<a
 href="https://undocs.org/ch/S/RES/716(1991)">716(1991)</a>号决议，</p></container>
    </preamble>"""


def voters(said: str, count: str, *names: str) -> str:
    """A count with its list."""
    listed = "\n".join(f'<organization refersTo="memberState">{name}</organization>' for name in names)
    return f'<count value="{count}" refersTo="{said}">\n<akn4un:voters>\n{listed}\n</akn4un:voters>\n</count>'


def meta(
    *votes: str,
    adopted: str = 'as="S/PV.9999" by="Adopted unanimously, 9999th meeting"',
    date: str = "2031-01-31",
    outcome: str = "",
    more: str = "",
) -> str:
    """Metadata of a resolution: ``votes`` are counts (all in favour where none is given), ``adopted`` attributes of its
    step, ``outcome`` the way of voting, ``more`` stands before them."""
    counts = "\n".join(votes or (voters("inFavour", "015", *MEMBERS),))
    return f"""    <meta>
      <identification source="#DGACM">
        <FRBRWork><FRBRdate date="2031-01-31" name="adoption"></FRBRdate><FRBRauthor href="sc" as="author"/></FRBRWork>
        <FRBRExpression><FRBRlanguage language="zho"></FRBRlanguage></FRBRExpression>
      </identification>
      {more}
      <workflow source="#un">
        <step date="2031-01-30" outcome="draftResolution" as="S/2031/79" by="France" />
        <step date="0001-01-01" outcome="draftResolutionAdditionalSponsors" by="" />
        <step date="{date}" outcome="adopted" {adopted} />
      </workflow>
      <analysis source="#un"><parliamentary><voting{f' outcome="{outcome}"' if outcome else ""}>
{counts}
      </voting></parliamentary></analysis>
      <references source="#DGACM"><TLCTerm eId="inFavour" href="/akn" showAs="In favour"></TLCTerm></references>
      <presentation><akn4un:internalCode><docketNumber>31-00001 (C)</docketNumber></akn4un:internalCode></presentation>
    </meta>"""


def read(text: str, source: str = "a.xml") -> Document:
    """The document of a file's text, not yet structured."""
    return read_bytes(text.encode(), source=source)


def structured(inside: str) -> Document:
    """The document of a file with these contents."""
    return structure(read(akn(inside)))
