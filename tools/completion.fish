# SPDX-License-Identifier: LGPL-2.1-or-later
# Completes the options of the tools in fish. fish loads a file by the name of the command, so the lines of each command are
# installed in a file of its own.

# mynumber-card-face
complete -c mynumber-card-face -f
complete -c mynumber-card-face -s o -l output -r -F -d 'write an HTML page to a file'
complete -c mynumber-card-face -s t -l text -d 'write plain text'
complete -c mynumber-card-face -s j -l json -d 'write JSON for programs'
complete -c mynumber-card-face -s c -l code-file -r -F -d 'read code B from a file'
complete -c mynumber-card-face -l licence -d 'show the driving licence as well'
complete -c mynumber-card-face -l licence-pin-file -r -F -d 'read the driving licence PIN from a file'
complete -c mynumber-card-face -s l -l lang -x -a 'ja en both' -d 'language of the output'
complete -c mynumber-card-face -s r -l reader -x -a '(opensc-tool --list-readers 2>/dev/null | string match -r "^[0-9]+")' -d 'number of the reader'
complete -c mynumber-card-face -s w -l wait -d 'wait for a card'
complete -c mynumber-card-face -s h -l help -d 'print the help'
complete -c mynumber-card-face -s V -l version -d 'print the version'

# mynumber-card-status
complete -c mynumber-card-status -f
complete -c mynumber-card-status -s j -l json -d 'write JSON for programs'
complete -c mynumber-card-status -s n -l number -d 'show the whole card number'
complete -c mynumber-card-status -s s -l signature -d 'ask for the digital signature PIN'
complete -c mynumber-card-status -s l -l lang -x -a 'ja en' -d 'language of the output'
complete -c mynumber-card-status -s r -l reader -x -a '(opensc-tool --list-readers 2>/dev/null | string match -r "^[0-9]+")' -d 'number of the reader'
complete -c mynumber-card-status -s w -l wait -d 'wait for a card'
complete -c mynumber-card-status -s h -l help -d 'print the help'
complete -c mynumber-card-status -s V -l version -d 'print the version'

# opensc-mynumber-config
complete -c opensc-mynumber-config -f -a 'enable disable status doctor report'
complete -c opensc-mynumber-config -s c -r -F -d 'configuration file of OpenSC'
complete -c opensc-mynumber-config -s m -r -F -d 'path of opensc-mynumber.so'
complete -c opensc-mynumber-config -s p -x -a 'auth sign text code-a code-b birth' -d 'PINs of the report'
complete -c opensc-mynumber-config -s r -x -a '(opensc-tool --list-readers 2>/dev/null | string match -r "^[0-9]+")' -d 'number of the reader'
complete -c opensc-mynumber-config -s h -l help -d 'print the help'
complete -c opensc-mynumber-config -s V -l version -d 'print the version'
