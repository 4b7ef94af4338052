"""Business documents with their ground truth: what is printed, where, and the record it should be read as.

A document goes through four stages, each a function of its seed alone:

1. `kinds` invents what the document says, as a tree of canonical fields (`truth`) and as blocks of text tagged with
   those fields.
2. `layouts` places the blocks on pages, with reportlab or WeasyPrint, and remembers the box of every word.
3. `pages` has Gleaner's own renderer draw the PDF, and `scan` ages the pictures.
4. `tasks` turns the truth into questions: a JSON Schema and the record expected for it, or a transcription.
"""
