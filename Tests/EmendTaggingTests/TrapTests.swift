import EmendTagging
import Testing

/// The traps of the label scheme and of the labelled texts: words that look like a label and are none.
@Suite struct TrapTests {
  /// Sentence, label that it must not bear.
  @Test(arguments: [
    ("The cabinet chose contractionary fiscal policies.", "mechanism/contracting"),
    ("A contractor repaired the hall.", "mechanism/contracting"),
    ("The social contract is an old idea.", "mechanism/contracting"),
    ("They will contract out the work.", "mechanism/contracting"),
    ("Output contracted in the second year.", "mechanism/contracting"),
    ("Market forces decide.", "mechanism/coercion"),
    ("Security forces guarded the bridge.", "mechanism/coercion"),
    ("The treaty entered into force in May.", "mechanism/coercion"),
    ("The driving force was trade.", "mechanism/coercion"),
    ("Cabinets are forced to choose.", "mechanism/coercion"),
    ("Self-restraint is a virtue.", "mechanism/coercion"),
    ("The use was sanctioned by law.", "mechanism/coercion"),
    ("An intervening variable is at work.", "mechanism/coercion"),
    ("Currency market intervention is costly to watch.", "mechanism/coercion"),
    ("Scholars of every persuasion came.", "mechanism/persuasion"),
    ("Her political persuasion is unknown.", "mechanism/persuasion"),
    ("We find this account persuasive.", "mechanism/persuasion"),
    ("Socialist parties won seats.", "mechanism/persuasion"),
    ("Socialized medicine was debated.", "mechanism/persuasion"),
    ("Delay is the norm here.", "mechanism/persuasion"),
    ("The initial offer was low.", "role/initiator"),
    ("Talks were initiated in spring.", "role/initiator"),
    ("The initiative failed.", "role/initiator"),
    ("Initially nobody came.", "role/initiator"),
    ("The rationale is clear.", "role/ratifier"),
    ("The ratio of votes fell.", "role/ratifier"),
    ("Trade has large externalities.", "role/initiator/external"),
    ("The inflation target was missed.", "role/target-state"),
    ("Decentralized states act slowly.", "structure/centralized"),
    ("The state is taken as a unitary actor.", "structure/centralized"),
    ("The Federal Reserve met.", "structure/decentralized"),
    ("State strength varies.", "structure/centralized"),
    ("Offices endow great power at the leadership level.", "actor/great-power"),
    ("Nonexecutive bodies matter.", "actor/executive"),
    ("The executive director resigned.", "actor/executive"),
    ("Presidential systems differ.", "actor/executive"),
    ("A new form of government arose.", "actor/executive"),
    ("Parliamentary democracies are many.", "actor/legislature"),
    ("Write to 27 Congress Street.", "actor/legislature"),
    ("The Library of Congress holds it.", "actor/legislature"),
    ("They play on a tennis court.", "actor/judiciary"),
    ("It is hard to judge.", "actor/judiciary"),
    ("Structure and agency are old themes.", "actor/bureaucracy"),
    ("The multilateral order survived.", "actor/international-organization"),
    ("Regime change followed.", "actor/international-organization"),
    ("The authoritarian regime fell.", "actor/international-organization"),
    ("Domestic institutions differ.", "actor/international-organization"),
    ("International Organization published the article.", "actor/international-organization"),
    ("Regional organizations grew.", "actor/subnational-unit"),
    ("Interest rates rose.", "actor/interest-group"),
    ("Public policy is hard.", "actor/public"),
    ("She directs a school of public affairs.", "actor/public"),
    ("Neoliberal reforms cut tariffs.", "theory/neoliberal-institutionalism"),
    ("Trade liberalization went on.", "theory/neoliberal-institutionalism"),
    ("She made a constructive proposal.", "theory/constructivism"),
    ("The construction of the dam began.", "theory/constructivism"),
    ("A realistic plan was made.", "theory/realism"),
    ("The balance of payments worsened.", "theory/realism"),
    ("The school principal spoke.", "theory/principal-agent"),
    ("This yields a set of testable hypotheses.", "discourse/hypothesis"),
  ])
  func isNot(sentence: String, label: String) throws {
    #expect(try !Fixture.labels(sentence).contains(label))
  }

  /// Sentence, label that it must bear.
  @Test(arguments: [
    ("Contracting serves both sides.", "mechanism/contracting"),
    ("Reformers used the union to lock their policy in.", "mechanism/contracting/credible-commitment"),
    ("The bank offered side payments.", "mechanism/contracting"),
    ("The council voted economic sanctions.", "mechanism/coercion/sanctions"),
    ("Ground troops were sent to the border.", "mechanism/coercion/military-force"),
    ("One side gains at the expense of the other.", "mechanism/coercion"),
    ("The envoys persuaded the minister.", "mechanism/persuasion"),
    ("New members are socialised into the group.", "mechanism/persuasion/socialization"),
    ("The agency changed the officials’ beliefs.", "mechanism/persuasion"),
    ("Internal and external policy initiators differ.", "role/initiator/domestic"),
    ("Internal and external policy initiators differ.", "role/initiator/external"),
    ("A domestic policy–initiating ministry went first.", "role/initiator/domestic"),
    ("The upper house rejected the treaty.", "role/ratifier"),
    ("Each target state gave in.", "role/target-state"),
    ("Fully centralized systems have few veto points.", "structure/centralized"),
    ("International and domestic institutions interact.", "actor/international-organization"),
    ("Non-governmental organisations protested.", "actor/ngo"),
    ("The great powers agreed.", "actor/great-power"),
    ("President Lincoln signed.", "actor/executive"),
    ("Congress refused.", "actor/legislature"),
    ("Neoliberal and constructivist approaches differ.", "theory/neoliberal-institutionalism"),
    ("Two-level games end in win-sets.", "theory/two-level-games"),
  ])
  func isThere(sentence: String, label: String) throws {
    #expect(try Fixture.labels(sentence).contains(label))
  }

  @Test func everyExampleOfTheLexiconHolds() {
    let errors = LexiconLint.check(Fixture.folder).filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
  }
}
