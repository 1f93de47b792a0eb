#!/bin/sh
# Mails and reminders every {{ ICIINSMES_NOTICES_MINUTES }} minutes, tidying up once a day after {{ ICIINSMES_NIGHTLY_HOUR }}:00 UTC.
# A run that fails says so in this container's log and is tried again the next time.

run() {
    ./manage.py lms "$@" || echo "iciinsmes: $1 failed" >&2
}

trap exit TERM INT
tidied=""
while true; do
    run ici_notices
    if [ "$(date -u +%H)" -ge {{ ICIINSMES_NIGHTLY_HOUR }} ] && [ "$(date -u +%F)" != "$tidied" ]; then
        tidied="$(date -u +%F)"
        run ici_retention
        run ici_repair
    fi
    # In the background, because a shell that waits for a program does not hear that it should end.
    sleep {{ ICIINSMES_NOTICES_MINUTES * 60 }} &
    wait $!
done
