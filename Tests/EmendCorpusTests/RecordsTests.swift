import EmendCorpus
import EmendModel
import Testing

@Suite struct RecordsTests {
  func lines(_ write: (inout JSONLine) -> Void) -> [String] {
    var json = JSONLine()
    write(&json)
    return String(decoding: json.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func emendationsStandInWitnessOrderWithTheirSourceBytes() {
    let all = lines { Records.emendations(of: Essay.edition().document, into: &$0) }
    #expect(
      all.map { String($0.prefix { $0 != "," }) }
        == Array(repeating: "{\"document\":\"essay\"", count: all.count))
    #expect(
      all.first { $0.contains("damage-map") }
        == """
        {"document":"essay","page":2,"page_label":"14","line":5,"column":5,"start":151,"end":152,\
        "original":"A","reading":"fi","kind":"ligature","rule":"damage-map","confidence":0.999,\
        "status":"applied","evidence":"27 distinct words vote A→fi"}
        """)
    #expect(
      all.map { $0.contains("\"kind\":\"hyphen-join\"") } == [true, false, false, false])
  }

  @Test func aCitationHasTheFieldsOfTheContract() {
    let all = lines { Records.citations(of: Essay.edition(), into: &$0) }
    #expect(
      all == [
        """
        {"document":"essay","page":1,"page_label":"13","line":3,"line_end":3,"column":33,"start":107,"end":120,\
        "text":"Headrick 1991","raw":"Headrick 1991","form":"parenthetical","group":"g001",\
        "group_text":"(Headrick 1991, 12)","authors":[{"family":"Headrick"}],"et_al":false,\
        "authors_elided":false,"year":"1991","locator":"12","prefix":"","key":"headrick-1991",\
        "note_number":null,"this_volume":false,"marker":null,"section":"The Wires of Empire",\
        "work":"headrick-1991","confidence":1}
        """
      ])
  }

  @Test func everySentenceHasATagRecord() {
    let all = lines { Records.tags(of: Essay.edition(), into: &$0) }
    #expect(all.count == 5)
    #expect(
      all[2]
        == """
        {"document":"essay","id":"essay-003","page":1,"page_label":"13","line":2,"line_end":3,"column":39,\
        "start":60,"end":127,"text":"Britain threatened to close its landing sites (Headrick 1991, 12).1",\
        "section":"The Wires of Empire","kind":"paragraph","labels":[{"label":"mechanism/coercion",\
        "implicit":false,"score":0.9,"evidence":[{"start":68,"end":78,"text":"threatened",\
        "entry":"mechanism/coercion#1"}],"flags":[]},{"label":"role/initiator/external","implicit":true,\
        "score":0.6,"evidence":[{"start":60,"end":67,"text":"Britain","entry":"rule:role"}],"flags":[]}],\
        "actors":[{"id":"uk","role":"role/initiator/external","evidence":[{"start":60,"end":67,\
        "text":"Britain","entry":"uk"}]}],"lexicon":"9f9f"}
        """)
  }
}
