/// The state of one label in one sentence.
struct LabelState {
  var label: Int
  /// 0 to 1.
  var score: Double
  /// Whether an explicit entry fired.
  var isExplicit: Bool
  var hits: [Hit] = []
  /// Context rules that had a part in it.
  var rules: [String] = []
}

/// One sentence on its way through the context rules.
struct SentenceReading {
  /// Index into `Document.sentences`.
  var sentence: Int
  var block: Int
  var isNote: Bool
  var tokens: Range<Int>
  /// The lists of `RuleWords` that its tokens are on, all together.
  var lists: RuleWords.List
  var names: [Name] = []
  /// What the sentence says by itself, in label order.
  var alone: [LabelState] = []
  /// What is given in the end.
  var given: [LabelState] = []
  /// Cues of mechanisms that a negator reaches.
  var denied: [Hit] = []
  /// Spans of the classes that rules ask for.
  var spans: [ClassSpan] = []
  /// The one topic that the paragraph names, at least twice.
  var paragraphTopic: Int?

  /// Whether a token is on one of some lists.
  func isOn(_ some: RuleWords.List) -> Bool { lists & some != 0 }
  func has(_ cueClass: Int) -> Bool { cueClass >= 0 && spans.contains { $0.cueClass == cueClass } }
  func alone(_ label: Int) -> LabelState? { alone.first { $0.label == label } }
  func isGiven(_ label: Int) -> Bool { given.contains { $0.label == label } }

  /// Whether "and", "or" or a comma joins two stretches that stand at most four tokens apart.
  func areJoined(_ a: Range<Int>, _ b: Range<Int>, _ field: Field) -> Bool {
    let (first, second) = a.lowerBound < b.lowerBound ? (a, b) : (b, a)
    let gap = first.upperBound..<max(first.upperBound, second.lowerBound)
    guard gap.count <= 4 else { return false }
    return spans.contains { $0.cueClass == field.listJoint && gap.contains($0.range.lowerBound) }
  }

  mutating func give(_ label: Int, score: Double, rule: String) {
    if label < 0 { return }
    drop(label)
    given.append(LabelState(label: label, score: score, isExplicit: false, rules: [rule]))
  }
  mutating func drop(_ label: Int) { given.removeAll { $0.label == label } }
}

/// What the rules remember from sentence to sentence.
struct ContextState {
  struct Topic {
    var label: Int
    var weight: Double
    /// Named in passing: good for the next sentence, then faint.
    var isPassing = false
    /// Taken over from another paragraph.
    var isTakenOver = false
  }
  var block = -1
  var isFirstOfParagraph = true
  var topic: Topic?
  /// The topics that the last sentence with several of them named, and how many sentences ago that was.
  var several: [Int] = []
  var sinceSeveral = 99
  /// The kinds of the initiators met last in this paragraph.
  var initiatorKinds: [Int] = []
  var institutionBefore = false
  var institutionInParagraph = false
  var initiatorWasSubject = false
  var structureBefore: [Int] = []
  /// Sentences since each kind of state structure was spoken of.
  var sinceStructure: [Int: Int] = [:]
  /// Whether this paragraph has spoken of a school of theory.
  var isAboutTheory = false
}

/// The labels and classes that the rules speak of, found once by their names.
final class Field: Sendable {
  let threshold: Double
  /// Labels that may be the topic of a paragraph: the mechanisms.
  let topics: [Int]
  let initiator, domesticInitiator, externalInitiator, targetState: Int
  let internationalOrganization, executive: Int
  let structures: [Int]
  /// Schools of theory; other actors than international organizations and states.
  let theories, domesticActors: [Int]
  let additive, several, severalNot, one, contrast, both: Int
  let institutionAgain, institutionAgainNot, structureAgain: Int
  let carried, carriedNot, pronounSubject, pronounSubjectNot, topicLead: Int
  let likeAside, listJoint: Int
  let sameOrganization, allThree, threeByName, bothStructures: Int
  let negator, negatorNot, negationEnd, openingNegation, subjectDenial: Int
  let fewSuch: Int
  let hypothetical, notHypothetical, definition, example, preview, aboutTheText: Int
  /// Classes that names feed.
  let capital, treaty, titledHead: Int
  /// By class: whether its spans are kept for the rules.
  private let kept: [Bool]

  /// The classes that the rules ask for by name.
  static let classNames = [
    "opens-additively",
    "these-mechanisms",
    "not-these-mechanisms",
    "this-mechanism",
    "contrast",
    "both-of-them",
    "the-institution",
    "not-the-institution",
    "these-states",
    "same-actors",
    "not-same-actors",
    "opens-with-they",
    "not-opens-with-they",
    "leading-comparison",
    "like-aside",
    "list-joint",
    "same-organization",
    "all-three-mechanisms",
    "three-mechanisms-by-name",
    "both-kinds-of-state",
    "negator",
    "not-a-negator",
    "negation-end",
    "opening-negation",
    "denied-subject",
    "few-such-obstacles",
    "hypothetical",
    "not-hypothetical",
    "definition",
    "example",
    "about-the-text",
    "preview",
  ]

  func isKept(_ cueClass: Int) -> Bool { kept[cueClass] }

  init(image: TagImage) {
    threshold = image.settings.threshold
    topics = image.wordList("topics").map { image.label($0) }.filter { $0 >= 0 }
    structures = image.wordList("structures").map { image.label($0) }.filter { $0 >= 0 }
    let paths = (0..<image.labelCount).map { image.labelPath($0) }
    theories = paths.indices.filter { paths[$0].hasPrefix("theory/") }
    domesticActors = paths.indices.filter {
      paths[$0].hasPrefix("actor/") && paths[$0] != "actor/international-organization"
        && paths[$0] != "actor/state"
    }
    initiator = image.label("role/initiator")
    domesticInitiator = image.label("role/initiator/domestic")
    externalInitiator = image.label("role/initiator/external")
    targetState = image.label("role/target-state")
    internationalOrganization = image.label("actor/international-organization")
    executive = image.label("actor/executive")
    var kept: Set<Int> = []
    func find(_ name: String) -> Int {
      let index = image.cueClass(name)
      if index >= 0 { kept.insert(index) }
      return index
    }
    additive = find("opens-additively")
    several = find("these-mechanisms")
    severalNot = find("not-these-mechanisms")
    one = find("this-mechanism")
    contrast = find("contrast")
    both = find("both-of-them")
    institutionAgain = find("the-institution")
    institutionAgainNot = find("not-the-institution")
    structureAgain = find("these-states")
    carried = find("same-actors")
    carriedNot = find("not-same-actors")
    pronounSubject = find("opens-with-they")
    pronounSubjectNot = find("not-opens-with-they")
    topicLead = find("leading-comparison")
    likeAside = find("like-aside")
    listJoint = find("list-joint")
    sameOrganization = find("same-organization")
    allThree = find("all-three-mechanisms")
    threeByName = find("three-mechanisms-by-name")
    bothStructures = find("both-kinds-of-state")
    negator = find("negator")
    negatorNot = find("not-a-negator")
    negationEnd = find("negation-end")
    openingNegation = find("opening-negation")
    subjectDenial = find("denied-subject")
    fewSuch = find("few-such-obstacles")
    hypothetical = find("hypothetical")
    notHypothetical = find("not-hypothetical")
    definition = find("definition")
    example = find("example")
    preview = find("preview")
    aboutTheText = find("about-the-text")
    capital = image.cueClass(EntityClass.capital.rawValue)
    treaty = image.cueClass(EntityClass.treaty.rawValue)
    titledHead = image.cueClass(EntityClass.titledHead.rawValue)
    self.kept = (0..<image.classCount).map { kept.contains($0) }
  }
}

/// One rule of the context pass. Rules run in the order of `ContextPass` on each sentence in turn.
protocol ContextRule: Sendable {
  func apply(_ reading: inout SentenceReading, _ state: inout ContextState, _ field: Field)
}

extension Field {
  /// The topics that a sentence names by their own word.
  func named(_ reading: SentenceReading) -> [Int] {
    topics.filter { reading.alone($0)?.isExplicit ?? false }
  }
}
