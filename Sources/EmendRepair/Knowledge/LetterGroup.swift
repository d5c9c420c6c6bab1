/// A few letters that may be put in the place of others, up to eight bytes.
///
/// Kept in two machine words, so that a table of them may be tried on a form without an allocation or a count of
/// references.
struct LetterGroup: BitwiseCopyable, Sendable, Equatable {
  /// Bytes, and characters.
  let count: Int
  let codeCount: Int
  /// The bytes, the first one lowest, and the codes of the letter model in the same order.
  private let bytes: UInt64
  let codes: UInt64

  static let longest = 8

  /// Nil for more than eight bytes.
  init?(_ form: Form) {
    guard form.count <= Self.longest else { return nil }
    let codes = DamageLexicon.codes(form)
    count = form.count
    codeCount = codes.count
    bytes = form.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    self.codes = codes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  @inline(__always)
  subscript(index: Int) -> UInt8 { UInt8(truncatingIfNeeded: bytes >> UInt64(index * 8)) }

  @inline(__always)
  var isASCII: Bool { bytes & 0x8080_8080_8080_8080 == 0 }

  var form: Form { (0..<count).map { self[$0] } }

  /// Whether a form goes on with these letters at an offset.
  @inline(__always)
  func stands(in form: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    if offset + count > form.count { return false }
    for k in 0..<count where form[offset + k] != self[k] { return false }
    return true
  }
}

/// Makes readings of a form by replacing stretches of it, all in one buffer.
///
/// ```swift
/// Replacer.with(Form("signiAcant".utf8)) { $0.replacing(5..<6, by: fi) }  // significant, valid until the next call
/// ```
struct Replacer {
  let form: UnsafeBufferPointer<UInt8>
  private let buffer: UnsafeMutableBufferPointer<UInt8>

  static func with<R>(_ form: Form, _ body: (Replacer) -> R) -> R {
    form.withUnsafeBufferPointer { bytes in
      // Room for a replacement of every byte.
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: (bytes.count + 1) * LetterGroup.longest) {
        body(Replacer(form: bytes, buffer: $0))
      }
    }
  }

  /// The form with a stretch replaced. The next call overwrites it.
  @inline(__always)
  func replacing(_ range: Range<Int>, by letters: LetterGroup) -> UnsafeBufferPointer<UInt8> {
    var end = 0
    copy(0..<range.lowerBound, &end)
    write(letters, &end)
    copy(range.upperBound..<form.count, &end)
    return UnsafeBufferPointer(rebasing: buffer[..<end])
  }

  /// The form with all occurrences of what stands in a range of it replaced, from left to right. The next call
  /// overwrites it.
  func replacingAll(of range: Range<Int>, by letters: LetterGroup) -> UnsafeBufferPointer<UInt8> {
    var (at, end) = (0, 0)
    let length = range.count
    while at < form.count {
      var k = 0
      while k < length, at + k < form.count, form[at + k] == form[range.lowerBound + k] { k += 1 }
      if k == length {
        write(letters, &end)
        at += length
      } else {
        buffer[end] = form[at]
        end += 1
        at += 1
      }
    }
    return UnsafeBufferPointer(rebasing: buffer[..<end])
  }

  @inline(__always)
  private func copy(_ range: Range<Int>, _ end: inout Int) {
    for at in range {
      buffer[end] = form[at]
      end += 1
    }
  }

  @inline(__always)
  private func write(_ letters: LetterGroup, _ end: inout Int) {
    for k in 0..<letters.count {
      buffer[end] = letters[k]
      end += 1
    }
  }
}
