namespace XenMigrate.Guards;

/// <summary>
/// The script that every act goes through which can't be taken back: it looks whether the guest is what the act relies
/// on, and does the act only then, in one remote execution. What changes between its look and the tool's own is not seen:
/// some milliseconds, in place of the minutes since we looked.
/// </summary>
internal static class GuardedAct
{
    public const string Name = "act under guard";

    /// <summary>The exit code of an act that was not done, since something was not as expected. No tool of ours has it.</summary>
    public const int Refused = 79;

    private const string FoundMark = "xenmigrate-found ";
    private const string LeftMark = "xenmigrate-left ";
    private const string OwnMark = "xenmigrate-";

    private const string Beginning =
        """
        boot=$1 id=$2 uuid=$3 name=$4 states=$5 used=$6 flags=$7 token=$8 holder=$9
        shift 9
        mode=${token:+hold}
        case " $flags " in
        *" take "*) mode=take ;;
        esac
        wants() {
          case " $flags " in
          *" $1 "*) return 0 ;;
          esac
          return 1
        }
        no() {
          printf '%s\n' "xenmigrate-found $1" >&2
          exit 79
        }

        """ + LeaseScript.Functions +
        """
        lease
        if [ -n "$boot" ]; then
          read -r now < /proc/sys/kernel/random/boot_id
          [ "$now" = "$boot" ] || no "the host was booted again"
        fi
        judge() {
          case $2 in
          ?????d) is=dying ;;
          ???ss?) is=suspended ;;
          ???s[cw]?|????c?) is=crashed ;;
          ???s??) is=shutdown ;;
          ??p???) is=paused ;;
          *) is=running ;;
          esac
          had=$3
        }
        others() {
          ps -e -o args= | while read -r word words; do
            case ${word##*/} in
            xl|virsh|xm|python*|xc_save|libxl-save-helper|xenmigrate-save*) ;;
            *) continue ;;
            esac
            case " ${word##*/} $words " in
            *" migrate "*|*" save "*|*" managedsave "*|*" --save-domain "*|*" xc_save "*) ;;
            *) continue ;;
            esac
            case " $words " in
            *" $id "*|*" $called "*|*" $its "*) printf '%s\n' "$word $words"; break ;;
            esac
          done
        }

        """;

    private const string XlLook =
        """
        rows() {
          sed -n 's/^\(.*[^ ]\)  *\([0-9][0-9]*\)  *[0-9][0-9]*  *[0-9][0-9]*  *\([-rbpscdwS?]\{6\}\)  *\([0-9][0-9.]*\)  *\([0-9a-f-]\{36\}\) .*$/\2 \3 \4 \5 \1/p'
        }
        look() {
          row=$(xl list -v "$id" | rows)
          [ -n "$row" ] || return
          read -r at state seconds its called <<END
        $row
        END
          judge "$at" "$state" "$seconds"
        }
        if [ -z "$id" ] && [ -n "$uuid" ]; then
          list=$(xl list -v) || exit
          row=$(printf '%s\n' "$list" | rows | grep -F " $uuid ")
          [ -z "$row" ] || no "one is there: $row"
        fi

        """;

    // xend has no row with a uuid. Devices have uuids too, but none is a guest's.
    private const string XmLook =
        """
        look() {
          row=$(xm list "$id" | sed -n 's/^\(.*[^ ]\)  *\([0-9][0-9]*\)  *[0-9][0-9]*  *[0-9][0-9]*  *\([-rbpscd]\{6\}\)  *\([0-9][0-9.]*\) *$/\2 \3 \4 \1/p')
          [ -n "$row" ] || return
          read -r at state seconds called <<END
        $row
        END
          long=$(xm list --long "$id") || return
          case $long in
          *"(shutdown_reason suspend)"*|*"(shutdown_reason 2)"*) state=---ss- ;;
          esac
          case $long in
          *"(uuid $uuid)"*) its=$uuid ;;
          *) its=another ;;
          esac
          judge "$at" "$state" "$seconds"
        }

        """;

    // A tool that works for long goes on to its end whatever becomes of us: it has a session of its own, ignores what a
    // broken connection sends, and writes to readers that go on reading once nobody takes it from them. Before it does
    // anything there is a file that tells which process it is, and after it one that tells how it ended. Each process that
    // this starts costs the move its time, so the shell does itself what it can.
    private const string Ending =
        """
        if [ -n "$id" ]; then
          row=
          look
          [ -n "$row" ] || no "no guest with id $id"
          [ "$at" = "$id" ] || no "another guest: $called, id $at"
          [ -z "$uuid" ] || [ "$its" = "$uuid" ] || no "another guest: $called, uuid $its"
          [ -z "$name" ] || [ "$called" = "$name" ] || no "its name is $called"
          case " $states " in
          *" $is "*) ;;
          *) no "it is $is" ;;
          esac
          [ -z "$used" ] || [ "$had" = "$used" ] || no "it ran meanwhile: $had s of CPU time"
          if wants alone; then
            at_work=$(others)
            [ -z "$at_work" ] || no "somebody else is at work on it: $at_work"
          fi
        fi
        trap '' HUP PIPE
        if wants lasting; then
          [ -d "$run" ] || (umask 077; mkdir -p "$run")
          file=$run/guest-${uuid:-of-domain-$id}
          : > "$file.exit"
          export file token
          drain() {
            cat 2>/dev/null || cat > /dev/null
          }
          keep='
            (
              read -r stat < /proc/self/stat
              pid=${stat%% *} begun=${stat##*) }
              for field in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do begun=${begun#* }; done
              read -r boot < /proc/sys/kernel/random/boot_id
              case $1 in
              sh) what=$(shift 4; echo "$*") ;;
              *) what=$* ;;
              esac
              line="
        "
              while [ "$what" != "${what%"$line"*}" ]; do what="${what%"$line"*} ${what##*"$line"}"; done
              [ -e "$file.work" ] || (umask 077; : > "$file.work")
              printf "%s %s %s %s %s\n" "$pid" "${begun%% *}" "$boot" "${token:-nobody}" "$what" > "$file.work" || exit 78
              echo "xenmigrate-process $pid" >&2
              exec "$@"
            )
            echo $? > "$file.exit"'
          {
            { setsid sh -c "$keep" sh "$@" 3>&- </dev/null | drain 3>&-; } 2>&1 1>&3 | drain >&2 3>&-
          } 3>&1
          code=143
          [ ! -s "$file.exit" ] || read -r code < "$file.exit"
        else
          echo "xenmigrate-process $$" >&2
          gives=${flags##*gives:}
          wants look || [ "$gives" != "$flags" ] || exec "$@"
          "$@"
          code=$?
          if [ "$gives" != "$flags" ]; then
            row=
            look
            [ $code != 0 ] && [ -n "$row" ] || (umask 077; printf '%s %s\n' "$boot_now" "${gives%% *}" > "$run/guest-$uuid.given")
          fi
        fi
        if wants look; then
          row=
          look
          [ -z "$row" ] || echo "xenmigrate-left $had" >&2
        fi
        exit $code
        """;

    /// <summary>For guests that xl shows, libvirt's too.</summary>
    public const string XlScript = Beginning + XlLook + Ending;

    /// <summary>For guests of xend.</summary>
    public const string XmScript = Beginning + XmLook + Ending;

    private const int ExpectationAt = 4;

    private static int FirstWord { get; } = ExpectationAt + new Expectation { Toolstack = ToolstackKind.Xl }.Words.Length;

    public static RemoteCommand Command(Expectation expected, RemoteCommand act) => RemoteCommand.Script(
        expected.Toolstack == ToolstackKind.Xend ? XmScript : XlScript, [.. expected.Words, .. act.Words]).Named(Name, act);

    /// <summary>Whether a command is a guarded act.</summary>
    public static bool Is(IReadOnlyList<string> words) => words.Count > FirstWord && words[2] is XlScript or XmScript;

    /// <summary>What a guarded act expects, for hosts that have no shell to find it out.</summary>
    public static Expectation Expected(IReadOnlyList<string> words) => Expectation.Of(
        words[2] == XmScript ? ToolstackKind.Xend : ToolstackKind.Xl, [.. words.Skip(ExpectationAt).Take(FirstWord - ExpectationAt)]);

    /// <summary>The act itself, without what guards it; any other command as it is.</summary>
    public static RemoteCommand Act(RemoteCommand command) => command.Inner
        ?? (Is(command.Words) ? new RemoteCommand([.. command.Words.Skip(FirstWord)]) : command);

    /// <summary>What was found in place of what was expected; null if the act was done.</summary>
    public static string? Found(CommandResult result) => result.ExitCode != Refused ? null
        : Lines(result).FirstOrDefault(line => line.StartsWith(FoundMark, StringComparison.Ordinal))?.Substring(FoundMark.Length);

    /// <summary>The CPU time that the guest had used when the act was done; null if nobody looked.</summary>
    public static string? Left(CommandResult result) =>
        Lines(result).LastOrDefault(line => line.StartsWith(LeftMark, StringComparison.Ordinal))?.Substring(LeftMark.Length).Trim();

    /// <summary>The result as the act alone would have it.</summary>
    public static CommandResult Without(CommandResult result) => result.Error.Contains(OwnMark, StringComparison.Ordinal)
        ? result with { Error = string.Join("\n", Lines(result).Where(line => !line.StartsWith(OwnMark, StringComparison.Ordinal))) }
        : result;

    private static string[] Lines(CommandResult result) => result.Error.Split('\n');
}
