import KBSource
import Testing

@Suite struct `A picture in SVG` {
  @Test(arguments: [
    #"<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>"#,
    ##"<svg><defs><linearGradient id="a"/></defs><use href="#a"/><rect fill="url(#a)"/></svg>"##,
    #"<svg><metadata><rdf:RDF/></metadata><settings/></svg>"#,
    #"<svg><title>Netz 2. OG</title><image href="data:image/png;base64,AAAA"/></svg>"#,
  ])
  func `that only draws is inert`(text: String) {
    #expect(InertSVG.isInert(Array(text.utf8)))
  }

  @Test(arguments: [
    "<svg><script>alert(1)</script></svg>", "<svg onload=\"x\"/>", "<svg><g\nonclick = 'x'/></svg>", "<SVG ONLOAD=x>",
    "<svg><a href=\"javascript:x\"/></svg>", "<svg><a href=\"java&#115;cript:x\"/></svg>", "<svg><foreignObject/></svg>",
    "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "<svg><use href=\"https://example.org/a.svg#b\"/></svg>",
    "<svg><style>@import 'https://example.org'</style></svg>", "<svg><set attributeName=\"href\" to=\"x\"/></svg>",
    "<svg><image href='//example.org/a.png'/></svg>", "<svg/onload=x>",
    "<svg xmlns:s='http://www.w3.org/2000/svg'><s:script>alert(1)</s:script></svg>", "<x:foreignObject/>", "<svg><s:animateTransform/></svg>",
    "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]><svg/>", "<svg><image href = 'https://example.org/a.png'/></svg>",
    "<svg><image href='data:image/svg+xml,%3Csvg onload=x%3E'/></svg>", "<h:body xmlns:h='http://www.w3.org/1999/xhtml'/>",
  ])
  func `that could run or fetch something is not`(text: String) {
    #expect(!InertSVG.isInert(Array(text.utf8)))
  }
}
