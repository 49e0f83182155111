namespace XenMigrate.Repair;

/// <summary>Lets the source log in to the destination by the key that it has. It makes no key.</summary>
internal sealed class AuthorizedKeyRepair : CheckRepair
{
    private const string AuthorizedKeys = "/.ssh/authorized_keys";

    // A key with a passphrase is of no use to a ssh that nobody sits at.
    private const string FirstUsable =
        """
        for file do
          [ -r "$file" ] || continue
          key=$(ssh-keygen -y -P '' -f "$file" </dev/null 2>/dev/null) || continue
          printf '%s\n' "$key"
          exit 0
        done
        exit 31
        """;

    private const string Holds =
        """
        printf '%s\n' "$HOME"
        [ -f "$HOME/.ssh/authorized_keys" ] && grep -F -- "$1" "$HOME/.ssh/authorized_keys"
        """;

    public override Mendable Mends => Mendable.RefusedKey;

    public override async Task<RepairPlan> PlanAsync(RepairScene scene, CancellationToken cancellationToken)
    {
        string source = scene.Source.ComputerName;
        string destination = scene.Destination.ComputerName;
        IHostShell there = scene.Destination.Shell;
        SshSettings settings = await SshSettings.Question(scene.Facts.MigrationAddress)
            .AskAsync(scene.Source.Shell, cancellationToken).ConfigureAwait(false);
        if (settings.User != there.Endpoint.UserName)
        {
            return RepairPlan.Leave(
                $"{source} logs in as {settings.User} there, and the session to {destination} is {there.Endpoint.UserName}'s, who has other keys.");
        }

        CommandResult own = await scene.Source.Shell
            .RunAsync(RemoteCommand.Script(FirstUsable, [.. settings.IdentityPaths]), cancellationToken).ConfigureAwait(false);
        PublicKey[] usable = [.. PublicKey.ParseAll(own.Output)];
        if (usable.Length == 0)
        {
            return RepairPlan.Leave(
                $"{source} has no key without a passphrase, and none is made for it. Make one there: ssh-keygen -t ed25519 -N '' -f ~/.ssh/id_ed25519");
        }

        PublicKey key = usable[0];
        string[] held = (await there.RunAsync(RemoteCommand.Script(Holds, key.Text), cancellationToken).ConfigureAwait(false)).Output
            .Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        if (held.Length != 1 || held[0][0] != '/')
        {
            return RepairPlan.Leave(held.Length > 1
                ? $"{destination} has the key of {source} already ({key}) and does not take it. See sshd's log there, PermitRootLogin and AuthorizedKeysFile "
                    + "in /etc/ssh/sshd_config, options before the key, and the modes of ~/.ssh."
                : $"{destination} does not tell the home folder of {settings.User}.");
        }

        string path = held[0] + AuthorizedKeys;
        RemoteCommand add = AppendedLines.Command(path, [$"{key.Type} {key.Text} root@{Comment(source)}"]);
        return new RepairPlan(
        [
            new RepairStep(
                destination,
                $"Let {settings.User} of {source} log in as {settings.User}: add its key to {path}, {key}",
                async token =>
                {
                    _ = await there.ReadAsync(add, token).ConfigureAwait(false);
                    return null;
                }),
        ]);
    }

    private static string Comment(string host) =>
        new([.. host.Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_' ? c : '_')]);
}
