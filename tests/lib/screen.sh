# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash disable=SC2154
# Browsers, on a screen that nobody sees. They ask for the PIN in a window of their own, where the test types it.

# Starts an X server, and sets $DISPLAY.
start_screen() {
	local output number
	require Xvfb xdotool
	exec {output}< <(exec Xvfb -displayfd 1 -screen 0 1024x768x24 -nolisten tcp 2>screen.log)
	at_exit "kill $!"
	read -r -u "$output" number || fail "$(cat screen.log)"
	export DISPLAY=:$number
}

# find_window NAME: prints its number as soon as it is there. A search ends with an error where some other window closes
# while it looks at it: then it is begun again.
find_window() {
	local end=$((SECONDS + 60)) window
	while [ "$SECONDS" -lt "$end" ]; do
		window=$(timeout 60 xdotool search --sync --onlyvisible --name "$1" 2>search.log | head -n 1) || window=
		[ -z "$window" ] || break
	done
	printf '%s\n' "$window"
}

# type_pin NAME: waits for the window of that name and answers with the user authentication PIN.
type_pin() {
	local window
	window=$(find_window "$1")
	[ -n "$window" ] || fail "there is no window '$1': $(cat search.log)"
	expect_no_pin_sent
	xdotool windowfocus --sync "$window" type "$AUTH_PIN"
	xdotool key Return
}
