namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// <c>xc_restore</c>, the process through which xend takes a guest's memory in. Its arguments are a file's number, the
/// guest's id and more. Where the other end's host went down it waits for ever: TCP does not tell it.
/// </summary>
internal static class XcRestore
{
    public const string EndName = "end an xc_restore";

    public const string EndScript =
        """
        at=$(ps -e -o pid= -o args= | while read -r pid word file id rest; do
          case ${word##*/} in
          xc_restore) [ "$id" != "$1" ] || echo "$pid" ;;
          esac
        done)
        no() {
          echo "$1" >&2
          exit 1
        }
        case $at in
        ''|*[!0-9]*) no "no single xc_restore is at work on domain $1" ;;
        esac
        used() {
          read -r stat < "/proc/$at/stat" || return
          set -- ${stat##*) }
          echo "${12} ${13} ${20}"
        }
        before=$(used)
        sleep 2
        [ -n "$before" ] && [ "$(used)" = "$before" ] || no "xc_restore $at is at work on domain $1 still"
        kill -TERM "$at" || exit
        for second in 1 2 3 4 5 6 7 8 9 10; do
          [ -d "/proc/$at" ] || exit 0
          sleep 1
        done
        no "xc_restore $at did not end"
        """;

    private static readonly Regex s_words = new(@"^(\S*/)?xc_restore \d+ (?<id>\d+)( |$)", RegexOptions.CultureInvariant);

    /// <summary>The guest that a process takes in; null for another process.</summary>
    public static int? Guest(string words) =>
        s_words.Match(words) is { Success: true } match
        && int.TryParse(match.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? id
            : null;

    /// <summary>
    /// Ends the one that takes a guest in, whereupon xend takes the half guest away. It finds the process itself, and touches
    /// none that did anything within two seconds: that one gets its memory still, or works on what it got.
    /// </summary>
    public static RemoteCommand End(int id) => RemoteCommand.Script(EndScript, XmDomain.Text(id)).Named(EndName);

    /// <summary>Nearly the same for people, who look themselves.</summary>
    public static string EndByHand(int id) => $"pkill -TERM -f 'xc_restore [0-9]+ {XmDomain.Text(id)} '";
}
