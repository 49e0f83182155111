namespace XenMigrate.Toolstacks.Xend;

/// <summary><c>xm migrate</c>, and what ends its transfer.</summary>
internal static class XmMigrate
{
    public static RemoteCommand Command(TransferRequest request)
    {
        string[] options = request.PreCopy is { } requested && request.Live
            ? ["env", $"{PreCopyOptions.Variable}={requested}"]
            : [];
        string[] live = request.Live ? ["--live"] : [];
        return new RemoteCommand([.. options, "xm", "migrate", .. live, XmDomain.Text(request.Guest.Id!.Value), request.MigrationAddress]);
    }

    /// <summary>
    /// Ends the process that sends a guest's memory, whereupon xend takes the move back. Its arguments are a file's
    /// number, the guest's id and three more; exit code 1 says that there is no such process.
    /// </summary>
    public static RemoteCommand Abort(int id) => new("pkill", "-TERM", "-f", $"xc_save [0-9]+ {XmDomain.Text(id)} ");
}
