# Packing envelopes: cards and letters are read together.

pack-title = Pack envelopes
pack-envelope = { $count ->
    [one] This card goes alone
   *[other] These { $count } cards go together
  }
pack-to-read = to read
pack-is-read = read
pack-letter = Letter
pack-print-letter = Print the letter (PDF)
pack-start-over = Start over
pack-next = Read the next card, or the letter
pack-first = Read a card
pack-lead = Read each card and its letter. When all of them were read, they are posted.
pack-field = Card or letter
pack-go = Take it
pack-read-ok = Right. Read the next one.
pack-other-envelope = The card of { $name } belongs into another envelope. Put it aside.
pack-other-letter = This letter is for another envelope. Put it aside.
pack-void-letter = This letter is void: the address or the cards have changed. Destroy it and print a new one.
pack-incomplete = Something was not read yet.
