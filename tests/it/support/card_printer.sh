#!/bin/sh
# A card printer for tests, run by ippeveprinter for each job: "prints" the pages of the file one by one and tells so.
#
# What goes wrong stands in files beside the spool folder: `jam`, `empty` or `abort`, each with the number of the card at which it
# happens. A jam and an empty feeder last until somebody takes the file away. `slow` has the seconds that a page takes.
folder=$(dirname "$(dirname "$1")")
pages=$(pdfinfo "$1" | awk '/^Pages:/ { print $2 }')
pause=$(cat "$folder/slow" 2>/dev/null || echo 0)
page=0
while [ "$page" -lt "$pages" ]; do
  for trouble in jam empty; do
    if [ "$(cat "$folder/$trouble" 2>/dev/null)" = $((page / 2 + 1)) ]; then
      echo "STATE: +media-$trouble-error" >&2
      while [ -e "$folder/$trouble" ]; do sleep 0.05; done
      echo "STATE: -media-$trouble-error" >&2
    fi
  done
  if [ "$(cat "$folder/abort" 2>/dev/null)" = $((page / 2 + 1)) ]; then exit 1; fi
  sleep "$pause"
  page=$((page + 1))
  echo "ATTR: job-impressions-completed=$page" >&2
  echo "$(basename "$1") $page" >>"$folder/printed"
done
