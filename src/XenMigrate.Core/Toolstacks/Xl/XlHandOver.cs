namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// How a guest gets to a host by its image. Its copy is called --incoming from the moment it is restored until the source
/// has given the guest away, as in xl's own moves: under its own name somebody might let it run before.
/// </summary>
internal static class XlHandOver
{
    // By its id: xl takes a name of digits for one.
    public const string RestoreScript =
        """
        uuid=$1 name=$2
        shift 2
        "$@" || exit
        id=$(xl vm-list | sed -n "s/^$uuid  *\([0-9][0-9]*\) .*/\1/p")
        [ -n "$id" ] && xl rename "$id" "$name"
        """;

    public const string StartScript = "xl rename \"$1\" \"$2\" && exec xl unpause \"$1\"";

    /// <summary>Restores a guest, paused, under the name of a copy that is on its way.</summary>
    public static RemoteCommand Restore(Guid uuid, string name, string path) => RemoteCommand.Script(
        RestoreScript, [uuid.ToString(), name + CopyNames.IncomingSuffix, .. XlRestore.Command(path, configurationPath: null, paused: true).Words]);

    /// <summary>Gives such a copy the guest's name, and lets it run.</summary>
    public static RemoteCommand Start(int id, string name) => RemoteCommand.Script(StartScript, XlDomain.Text(id), name);
}
