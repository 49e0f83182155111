namespace XenMigrate;

/// <summary>Completes names, ids or uuids of guests on hosts that are connected already; it never connects.</summary>
public sealed class GuestNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        GuestNameCache cache = HostSessions.Current.Names;
        IReadOnlyList<HostSession> hosts = BoundHosts.Of(fakeBoundParameters);
        IReadOnlyList<Guest> guests = BoundedWait.For(token => cache.ReadAsync(hosts, token));

        return parameterName switch
        {
            "Id" => Completions.Of(guests.Where(guest => guest.Id is not null).Select(guest => $"{guest.Id}").Distinct(), wordToComplete),
            "Uuid" => Completions.Of(guests.Where(guest => guest.Uuid is not null).Select(guest => $"{guest.Uuid}").Distinct(), wordToComplete),
            _ => Completions.Of(guests.Select(guest => guest.Name).Distinct(), wordToComplete),
        };
    }
}
