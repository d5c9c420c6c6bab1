import EmendModel
import FoundationEssentials

/// What a person has decided about patterns and places of a document, kept beside the corpus as JSON lines
/// (`emend.decisions.jsonl`) and applied at every build.
///
/// ```
/// {"decision":"reject","pattern":"A→fi"}
/// {"decision":"accept","start":1042,"end":1043,"reading":"fi"}
/// {"decision":"reject","document":"chapter","start":77,"end":79}
/// ```
///
/// A decision with a `document` holds for the document of that id only. `start` and `end` are bytes of the
/// witness. An accepted place with a `reading` that no step proposes is made all the same.
public struct Decisions: Sendable, Equatable {
  /// One line of the file.
  public struct Decision: Sendable, Equatable, Codable {
    public enum Verdict: String, Sendable, Codable { case accept, reject }
    public var decision: Verdict
    /// "A→fi", as the damage profile names it.
    public var pattern: String?
    public var document: String?
    public var start: Int?
    public var end: Int?
    public var reading: String?

    public init(
      _ decision: Verdict, pattern: String? = nil, document: String? = nil, start: Int? = nil,
      end: Int? = nil,
      reading: String? = nil
    ) {
      (self.decision, self.pattern, self.document) = (decision, pattern, document)
      (self.start, self.end, self.reading) = (start, end, reading)
    }
  }

  public var all: [Decision]

  public init(_ all: [Decision] = []) { self.all = all }

  /// Reads JSON lines; blank lines are skipped. Throws `DecisionError` with the line that cannot be read.
  public init(jsonLines: [UInt8]) throws {
    var result: [Decision] = []
    let decoder = JSONDecoder()
    for (number, line) in jsonLines.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      guard let decision = try? decoder.decode(Decision.self, from: Data(line)) else {
        throw DecisionError(line: number + 1)
      }
      result.append(decision)
    }
    all = result
  }

  /// The decisions that hold for one document.
  public func of(document id: String) -> Decisions { Decisions(all.filter { $0.document ?? id == id }) }

  var refusedPatterns: Set<String> {
    Set(all.filter { $0.decision == .reject }.compactMap(\.pattern))
  }
  var acceptedPatterns: Set<String> {
    Set(all.filter { $0.decision == .accept }.compactMap(\.pattern))
  }

  /// The emendations with the decisions about places made.
  func applied(to emendations: [Emendation], of scan: Scan) -> [Emendation] {
    let places = all.filter { $0.pattern == nil && $0.start != nil && ($0.document ?? scan.id) == scan.id }
    let refused = refusedPatterns
    if places.isEmpty && refused.isEmpty { return emendations }
    var result = emendations
    // A refused pattern is refused whichever step proposes it.
    for index in result.indices where refused.contains(result[index].original + "→" + result[index].reading) {
      result[index].status = .rejected
    }
    for place in places {
      guard let start = place.start, start >= 0, start <= scan.text.count else { continue }
      let end = min(max(start, place.end ?? start), scan.text.count)
      func covers(_ emendation: Emendation) -> Bool {
        emendation.range == start..<end || emendation.range.overlaps(start..<end)
      }
      switch place.decision {
      case .reject:
        for index in result.indices where covers(result[index]) && result[index].status != .rejected {
          if let reading = place.reading, reading != result[index].reading { continue }
          result[index].status = .rejected
        }
      case .accept:
        let proposed = result.firstIndex {
          covers($0) && (place.reading == nil || place.reading == $0.reading)
        }
        let others = result.indices.filter {
          $0 != proposed && result[$0].status == .applied && covers(result[$0])
        }
        if let proposed {
          if place.reading != nil {
            for index in others { result[index].status = .rejected }
          } else if !others.isEmpty {
            continue
          }
          result[proposed].status = .applied
          result[proposed].confidence = 1
        } else if let reading = place.reading, !reading.contains("\n"), !scan.text[start..<end].contains(0x0A)
        {
          for index in others { result[index].status = .rejected }
          result.append(
            Emendation(
              range: start..<end, original: Form(scan.text[start..<end]).text, reading: reading,
              kind: .confusion,
              rule: "decision", confidence: 1, status: .applied, evidence: "decided by a person"))
        }
      }
    }
    return result
  }
}

/// A line of a decision file that is no decision.
public struct DecisionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// From 1.
  public var line: Int
  public init(line: Int) { self.line = line }
  public var description: String {
    "line \(line): expected {\"decision\":\"accept\" or \"reject\", \"pattern\": … or \"start\": …}"
  }
}
