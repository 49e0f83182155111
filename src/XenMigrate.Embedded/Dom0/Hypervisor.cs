namespace XenMigrate.Embedded.Dom0;

/// <summary>The domains of a host and the memory that they take; they outlive a restart of xend.</summary>
internal sealed class Hypervisor
{
    public const int TotalMB = 4096;
    public const int ControlDomainMB = 512;

    private readonly object _lock = new();
    private readonly List<Domain> _domains = [];
    private int _lastId;

    /// <summary>MiB that something else took; tests and demos make memory short by it.</summary>
    public int BallastMB { get; set; }

    public int FreeMB
    {
        get
        {
            lock (_lock)
            {
                return Math.Max(0, TotalMB - ControlDomainMB - BallastMB - _domains.Sum(domain => domain.Configuration.MemoryMB));
            }
        }
    }

    public IReadOnlyList<Domain> Domains
    {
        get
        {
            lock (_lock)
            {
                return [.. _domains];
            }
        }
    }

    /// <summary>By id or name, as xm takes either.</summary>
    public Domain? Find(string word) => Domains.FirstOrDefault(
        domain => domain.Id.ToString(CultureInfo.InvariantCulture) == word || domain.Guest.Name == word);

    /// <summary>Makes a domain, if nobody has its name or uuid and its memory is there.</summary>
    /// <exception cref="XendException">It is not.</exception>
    public Domain Add(DomainConfiguration configuration, DateTimeOffset now, Func<EmbeddedGuest> make, string? busyWith = null)
    {
        RequireName(configuration.Name);
        lock (_lock)
        {
            if (_domains.FirstOrDefault(domain => domain.Configuration.Name == configuration.Name
                || domain.Guest.Name == configuration.Name
                || domain.Guest.Uuid == configuration.Uuid) is { } other)
            {
                throw new XendException(other.Guest.Uuid == configuration.Uuid && other.Guest.Name != configuration.Name
                    ? $"VM UUID {configuration.Uuid} already exists as domain {other.Id}"
                    : $"VM name '{configuration.Name}' already exists as domain {other.Id}");
            }

            if (FreeMB < configuration.MemoryMB)
            {
                throw new XendException("Not enough memory is available, and dom0 cannot be shrunk any further");
            }

            Domain domain = new(++_lastId, configuration, make(), now);
            if (busyWith is not null)
            {
                domain.Begin(busyWith);
            }

            _domains.Add(domain);
            return domain;
        }
    }

    /// <exception cref="XendException">No guest of xend's may be called so.</exception>
    public static void RequireName(string name)
    {
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-.:/+".Contains(letter, StringComparison.Ordinal)))
        {
            throw new XendException("Invalid VM Name");
        }
    }

    /// <summary>Ends a domain and gives its memory back.</summary>
    public void Remove(Domain domain)
    {
        lock (_lock)
        {
            _ = _domains.Remove(domain);
            domain.IsGone = true;
        }

        domain.Guest.Dispose();
    }

    /// <summary>Removes a guest that its host lost, unless somebody still works on it.</summary>
    public void ReleaseIfLost(Domain domain)
    {
        if (domain.IsLost && domain.BusyWith is null)
        {
            Remove(domain);
        }
    }

    /// <summary>The names in use but for one domain's own.</summary>
    public bool IsNameTaken(string name, Domain own) =>
        Domains.Any(domain => domain != own && (domain.Guest.Name == name || domain.Configuration.Name == name));
}
