# The key reports for a text, as escapes of printf. First a layout is read: a character and its reports per line.
{ reports[$1] = $2 }
END { for (at = 1; at <= length(text); at++) printf "%s", reports[substr(text, at, 1)] }
