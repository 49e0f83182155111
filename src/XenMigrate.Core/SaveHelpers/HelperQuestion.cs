namespace XenMigrate.SaveHelpers;

/// <summary>Looks for helpers on a host. One that others could have changed is not run, not even to ask what it is.</summary>
internal static class HelperQuestion
{
    // libvirt's daemon may run with what it was given, or end when idle and be started with it again.
    private const string Script =
        """
        us=
        while read -r key us rest && [ "$key" != Uid: ]; do us=; done 2>/dev/null < /proc/self/status
        us=${us:-$(id -u)}
        echo "user: $us"
        look() { echo "path: $(stat -c '%u %a %F' -- "$1" 2>/dev/null)|$1"; }
        ours() { case $(stat -c '%u %a %F' -- "$1" 2>/dev/null) in "$us "*[0145][0145]" $2") ;; *) false ;; esac; }
        [ -e "$1" ] || [ -L "$1" ] || exit 0
        look "$1"
        [ -e "$1/helper" ] || [ -L "$1/helper" ] || exit 0
        look "$1/helper"
        for unit in libvirtd virtxend; do
          process=
          read -r process < "/run/$unit.pid"
          if [ -r "/proc/$process/environ" ]; then
            tr '\0' '\n' < "/proc/$process/environ"
          else
            systemctl show --property=Environment --value "$unit" | tr ' ' '\n'
          fi | sed -n 's/^LIBXL_SAVE_HELPER=/daemon: /p'
        done 2>/dev/null
        for folder in "$1"/helper/*; do
          [ -d "$folder" ] || continue
          file=$folder/xenmigrate-save-helper
          look "$folder"
          look "$file"
          echo "sum: $(sha256sum 2>/dev/null < "$file")"
          ours "$1" directory && ours "$1/helper" directory && ours "$folder" directory && ours "$file" 'regular file' || continue
          timeout 10 "$file" --probe 2>&1
        done
        exit 0
        """;

    public static Question<HelperFindings> Of(string host) => Of(host, HelperFolder.Usual);

    public static Question<HelperFindings> Of(string host, HelperFolder folder)
    {
        RemoteCommand command = RemoteCommand.Script(Script, folder.Root);
        return new(command, result => result.Succeeded
            ? HelperAnswer.Parse(command, folder, result.Output)
            : throw new RemoteCommandFailedException(host, command, result));
    }
}
