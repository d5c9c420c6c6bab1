import EmendLexicons
import EmendModel
import EmendReading
import EmendRepair
import FoundationEssentials

/// Texts of our own that the tests damage and have repaired.
enum Essay {
  /// A page on telegraph unions, rich in ligatures.
  static let telegraph = """
    The first conference of the telegraph unions was difficult to organise. Officials of five offices
    met in the fifth week of the year, and the final act was signed by fifteen delegates. A tariff that
    differs from state to state is inefficient, they affirmed, and traffic between small offices suffers most.
    The financial effects of the new tariff were significant. Simplified tables of fees were filed with the
    office, and the scientific committee defined the official codes. In the fields of finance and of fishing the
    influence of the cable was felt at once; it reflected a conflict between coastal firms and inland ones.
    Fleets that flew the flag of one state could flee the fees of another. The flow of messages fluctuated,
    and a flood of complaints followed. Sufficient evidence was found that different offices classified the same
    message in different ways. The definition was modified, the specific rule amplified, and the benefit of
    uniformity was identified by the committee as the justification for its efforts. Few states offered to
    ratify the act in its first form. Their officers preferred flexible rules, and they were satisfied with a
    brief and confidential note. After five years of such difficulties the field was left to the firms, and
    profits fell. The affair affected the staff of every office; a stiff fine was fixed for inefficiency.
    It is difficult to find a finer example of effective influence on the fiscal policy of a confident state.
    The chief finding of this chapter is that efficient offices profited first, that configurations of interest
    reflect the profile of traffic, and that a unified tariff is infinitely easier to enforce. Finally, we
    find that the conflicts were specific to coastal states: inflation, influenza and floods had no effect.
    """

  /// Clean text with everything that tempts a repairer.
  static let temptations = """
    At this stage the Ban Treaty was signed by Alastair Banks (Banks 1989). And yet Anders, the son of a
    Basle banker, held that the Bow Street office was Bound by it. McCawley and LeCun read the papers of the
    ABM Treaty aloud. At three times the rate, Ann Arbor had more cables than Ascot. Die große Straße heißt
    anders, as the German clerk put it, and Acme® cables carried the load. He hath shewn unto us that the
    musick of olde was plaine, and that honour, labour and the centre are words. Leydesdorff met Kaptein at
    half past five. The AT&T tariff rose by 5% in 1925, e.g. for calls to Bangkok; see Vol. 3, pp. 41–49.
    """

  static func scan(_ text: String) throws -> Scan {
    try Reading.scan(bytes: Array(text.utf8), name: "essay.txt")
  }

  static let repairer: Result<Repairer, any Error> = Result { try Repairer(lexicons: LexiconFolder.locate()) }

  static func emend(_ text: String, decisions: Decisions = Decisions()) throws -> Transcript {
    try repairer.get().emend(scan(text), decisions: decisions)
  }

  static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }

  /// `../shared`, where the checks keep documents with gold; nil when it is not there.
  static let shared: String? = {
    var path = #filePath.split(separator: "/").map(String.init)
    while !path.isEmpty {
      path.removeLast()
      let candidate = "/" + (path + ["shared"]).joined(separator: "/")
      if FileManager.default.fileExists(atPath: candidate + "/gold/chapter.repaired.txt") { return candidate }
    }
    return nil
  }()
}
