extension PDFFonts {
    /// A page with what poppler sets up when it first meets it: fonts that are not embedded, Latin and Chinese, a
    /// picture and a form field. Its cross-reference table is left to poppler to rebuild.
    static let sample: StaticString = """
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]/DA(/F1 9 Tf)/DR<</Font<</F1 5 0 R>>>>>>>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 64 64]/Contents 4 0 R/Annots[7 0 R]
        /Resources<</Font<</F1 5 0 R/F2 6 0 R>>/XObject<</I 9 0 R>>>>>> endobj
        4 0 obj <</Length 90>> stream
        BT /F1 12 Tf 4 40 Td (Page) Tj /F2 12 Tf 0 -20 Td <4E009875> Tj ET q 9 0 0 9 50 50 cm /I Do Q
        endstream endobj
        5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
        6 0 obj <</Type/Font/Subtype/Type0/BaseFont/Unknown/Encoding/Identity-H/DescendantFonts[8 0 R]>> endobj
        7 0 obj <</Type/Annot/Subtype/Widget/FT/Tx/T(field)/V(1)/DA(/F1 9 Tf)/Rect[4 4 40 14]/F 32/P 3 0 R>> endobj
        8 0 obj <</Type/Font/Subtype/CIDFontType2/BaseFont/Unknown
        /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 10 0 R>> endobj
        9 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB
        /Filter/ASCIIHexDecode/Length 7>> stream
        4080C0>
        endstream endobj
        10 0 obj <</Type/FontDescriptor/FontName/Unknown/Flags 6/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880
        /Descent -120/CapHeight 880/StemV 93>> endobj
        trailer <</Root 1 0 R>>
        %%EOF
        """
}
