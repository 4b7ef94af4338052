import Testing

@testable import Grammar

@Suite struct ScalarSetTests {
    private static let probes: [UInt32] =
        Array(0...40) + [0x7F, 0x80, 0xD7FE, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xE001, 0xFFFF, 0x10000, 0x10FFFF]

    @Test func operationsAgreeWithMembership() {
        var generator = StringGenerator(state: 1)
        for _ in 0..<500 {
            let sets = (0..<2).map { _ in
                ScalarSet(
                    (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                        let bounds = [
                            Self.probes.randomElement(using: &generator) ?? 0,
                            Self.probes.randomElement(using: &generator) ?? 0,
                        ]
                        return min(bounds[0], bounds[1])...max(bounds[0], bounds[1])
                    })
            }
            let (left, right) = (sets[0], sets[1])
            for probe in Self.probes {
                let isScalar = !(0xD800...0xDFFF).contains(probe)
                #expect(left.contains(probe) ? isScalar : true)
                #expect(left.union(right).contains(probe) == (left.contains(probe) || right.contains(probe)))
                #expect(left.intersection(right).contains(probe) == (left.contains(probe) && right.contains(probe)))
                #expect(left.subtracting(right).contains(probe) == (left.contains(probe) && !right.contains(probe)))
                #expect(left.inverted().contains(probe) == (isScalar && !left.contains(probe)))
            }
            #expect(left.inverted().inverted() == left)
            #expect(zip(left.ranges, left.ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound })
        }
    }

    @Test func categoriesAreThoseOfTheStandardLibrary() throws {
        let letters = try #require(ScalarSet(property: "L"))
        let unassigned = try #require(ScalarSet(generalCategory: "Unassigned"))
        let privateUse = try #require(ScalarSet(property: "Co"))
        let cased: [Unicode.GeneralCategory] = [
            .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        ]
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            // Every scalar of the planes that hold letters, and some of the others.
            guard value < 0x3_4000 || value % 97 == 0 || value & 0xFFFF >= 0xFFF0 || value >> 12 == 0xE0 else {
                continue
            }
            let category = scalar.properties.generalCategory
            if letters.contains(value) != cased.contains(category) { Issue.record("\(value) as a letter") }
            if unassigned.contains(value) != (category == .unassigned) { Issue.record("\(value) as unassigned") }
            if privateUse.contains(value) != (category == .privateUse) { Issue.record("\(value) as of private use") }
        }
        #expect(ScalarSet(property: "Cs")?.isEmpty == true)
        #expect(ScalarSet(property: "Assigned")?.union(unassigned) == .all)
        #expect(ScalarSet(property: "Uppercase")?.contains(0xC4) == true)
        #expect(ScalarSet(property: "Emoji_Presentation")?.contains(0x1F600) == true)
        #expect(ScalarSet(property: "Greek") == nil)
        #expect(ScalarSet(generalCategory: "Alphabetic") == nil)
    }

    @Test func classesTellSetsApart() throws {
        let sets = [ScalarSet.digits, .wordCharacters, .whitespace.inverted(), ScalarSet([0xD700...0xE100])]
        let (classes, members) = try ScalarClasses.separating(sets)
        for probe in Self.probes + [0x30, 0x41, 0x5F, 0xA0, 0x3000] where ScalarSet.all.contains(probe) {
            let index = classes.classIndex(of: probe)
            for (number, set) in sets.enumerated() {
                #expect(members[number * classes.count + index] == set.contains(probe))
            }
        }
        #expect(classes.sizes().reduce(0, +) == 0x110000 - 0x800)
        #expect(try ScalarClasses.separating([.all, .empty]).0 == .single)
    }
}
