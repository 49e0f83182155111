namespace XenMigrate.SaveHelpers;

/// <summary>What changes a host for the sake of a helper.</summary>
internal static class HelperScripts
{
    /// <summary>Something on the host forbids it; standard error says what.</summary>
    public const int Refused = 41;

    public const int InUse = 42;

    /// <summary>A process was told to start it for every guest that it saves; standard error says which.</summary>
    public const int Relied = 43;

    // A folder above ours has to be such that nobody else could put another one in its place. The arguments are
    // ours, the outermost first.
    private const string PrepareScript =
        """
        umask 077
        us=$(id -u)
        refuse() { echo "$1" >&2; exit 41; }
        owner() { stat -c %u -- "$1"; }
        mode() { stat -c %a -- "$1"; }
        above=$(cd -P -- "$(dirname -- "$1")" && pwd -P) || refuse "there is no folder for $1"
        while :; do
          case $(owner "$above") in 0|"$us") ;; *) refuse "$above belongs to somebody else" ;; esac
          # A sticky folder lets nobody else move what is in it.
          case $(mode "$above") in
            [1357][0-7][0-7][0-7]) ;;
            *[2367]) refuse "everybody may write to $above" ;;
            *[2367][0-7]) [ "$(stat -c %g -- "$above")" = 0 ] || refuse "a group may write to $above" ;;
          esac
          [ "$above" = / ] && break
          above=$(dirname -- "$above")
        done
        for folder do
          [ -e "$folder" ] || [ -L "$folder" ] || mkdir -m 0700 -- "$folder" || exit 1
          [ "$(stat -c %F -- "$folder")" = directory ] || refuse "$folder is no folder"
          [ "$(owner "$folder")" = "$us" ] || refuse "$folder belongs to somebody else"
          case $(mode "$folder") in
            700|2700) ;;
            *[2367]|*[2367][0-7]) refuse "others may write to $folder" ;;
            *) chmod 0700 -- "$folder" || exit 1 ;;
          esac
        done
        """;

    // The name is given last, to a file that is whole.
    private const string AcceptScript =
        """
        sum=$(sha256sum < "$1") || exit 1
        if [ "${sum%% *}" != "$3" ]; then
          echo "what arrived has the checksum ${sum%% *}, not $3" >&2
          exit 41
        fi
        chmod 0700 -- "$1" && mv -f -T -- "$1" "$2"
        """;

    // A program that runs is one of ours if its file is in the folder, or was. A daemon that was told to start it could save
    // no guest any more without it. The xl that received a guest by it stays to watch that guest, and saves none.
    private const string RemoveScript =
        """
        us=$(id -u)
        [ -e "$1" ] || [ -L "$1" ] || exit 0
        for folder in "$1" "$1/helper"; do
          [ -e "$folder" ] || [ -L "$folder" ] || continue
          [ "$(stat -c '%u %F' -- "$folder")" = "$us directory" ] || { echo "$folder is not ours" >&2; exit 41; }
        done
        if ls -l /proc/[0-9]*/exe 2>/dev/null | grep -F -q -- " -> $1/helper/"; then
          exit 42
        fi
        relying=$(grep -l -F -s -- "LIBXL_SAVE_HELPER=$1/helper/" /proc/[0-9]*/environ | while read -r environment; do
          read -r name < "${environment%environ}comm" && [ "$name" != xl ] && echo "$name"
        done 2>/dev/null)
        if [ -n "$relying" ]; then
          echo "$relying" | head -n 1 >&2
          exit 43
        fi
        for unit in libvirtd virtxend; do
          if systemctl show --property=Environment --value "$unit" 2>/dev/null | grep -F -q -- "LIBXL_SAVE_HELPER=$1/helper/"; then
            echo "$unit" >&2
            exit 43
          fi
        done
        rm -rf -- "$1/helper" || exit 1
        rmdir -- "$1" 2>/dev/null
        exit 0
        """;

    public static RemoteCommand Prepare(HelperFolder folder, string name) =>
        RemoteCommand.Script(PrepareScript, folder.Root, folder.Helpers, folder.Of(name));

    public static RemoteCommand Accept(string uploaded, string program, string sha256) =>
        RemoteCommand.Script(AcceptScript, uploaded, program, sha256);

    public static RemoteCommand Discard(string uploaded) => new("rm", "-f", "--", uploaded);

    public static RemoteCommand Remove(HelperFolder folder) => RemoteCommand.Script(RemoveScript, folder.Root);
}
