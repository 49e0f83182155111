namespace XenMigrate.Embedded.Dom0;

/// <summary>What xend does with the guests of its host, but for moving them.</summary>
internal sealed class XendDomains(EmbeddedHost host)
{
    /// <exception cref="XendException">There is none.</exception>
    public Domain Get(string word) => host.Hypervisor.Find(word)
        ?? throw new XendException(word is "0" or "Domain-0"
            ? "Cannot do that to privileged domain 0"
            : $"Domain '{word}' does not exist.");

    public Domain Create(string configurationPath, bool paused)
    {
        string path = configurationPath.Contains('/') ? configurationPath : "/etc/xen/" + configurationPath;
        if (host.Files.Find(path) is not { IsFolder: false })
        {
            throw new XendException($"Unable to open config file: {configurationPath}");
        }

        DomainConfiguration configuration = XmFile.Parse(host.Files.ReadText(path));
        string description = DomainSxp.Of(configuration).ToString();
        Domain domain = host.Hypervisor.Add(
            configuration,
            host.Now(),
            () => EmbeddedGuest.Boot(
                new DomainIdentity(configuration.Name, configuration.Uuid, description), configuration.Pages, configuration.Workload, host.Now),
            "it is being created");
        return Start(domain, paused);
    }

    public Domain Restore(string path, bool paused)
    {
        FileContent content;
        try
        {
            content = host.Files.Content(path);
        }
        catch (FileFailure e)
        {
            throw new XendException($"Unable to open {path}: {e.Message}");
        }

        try
        {
            using XendImageReader reader = new(content.Open());
            DomainConfiguration configuration = reader.Configuration;
            string description = DomainSxp.Of(configuration).ToString();
            Domain domain = host.Hypervisor.Add(
                configuration,
                host.Now(),
                () => new EmbeddedGuest(
                    new DomainIdentity(configuration.Name, configuration.Uuid, description),
                    new GuestMemory(configuration.Pages),
                    new VirtualRegisters(configuration.Workload, 0, 0),
                    host.Now),
                "it is being restored");
            try
            {
                reader.ReadInto(domain.Guest);
            }
            catch (XendException e)
            {
                host.Hypervisor.Remove(domain);
                throw new XendException($"/usr/lib64/xen/bin/xc_restore 4 {domain.Id} 1 2 0 0 0 0 failed: {e.Message}");
            }

            return Start(domain, paused);
        }
        catch (XendException e)
        {
            host.Log.Error("XendDomain:1107", $"Restore failed: {e.Message}");
            throw;
        }
    }

    public void Save(string word, string path, bool keepRunning) => Work(word, "it is being saved", domain =>
    {
        bool ran = domain.Guest.Running;
        domain.Guest.Pause();
        domain.IsSuspended = true;
        try
        {
            bool isNew = host.Files.Find(path) is null;
            StoredContent content = host.Files.Store(path);
            using (System.IO.Stream stream = content.OpenToWrite())
            {
                XendImageWriter.Write(stream, domain.Configuration, domain.Guest);
            }

            if (isNew)
            {
                // xend's own umask leaves it to everybody, as the chapter's ls shows.
                host.Files.Get(path).Mode = Convert.ToInt32("755", 8);
            }

            host.Log.Info("XendCheckpoint:164", FormattableString.Invariant($"Domain {domain.Id} suspended."));
        }
        catch (Exception e) when (e is FileFailure or System.IO.IOException)
        {
            Resume(domain, ran);
            throw new XendException($"Unable to create {path}: {e.Message}");
        }

        if (keepRunning)
        {
            Resume(domain, ran);
            return;
        }

        End(domain);
    });

    public void Pause(string word) => Work(word, "it is being paused", domain => domain.Guest.Pause());

    public void Unpause(string word) => Work(word, "it is being unpaused", domain => Resume(domain, true));

    /// <summary>Asks the guest to shut down; an embedded one does at once, if it is not paused.</summary>
    public void ShutDown(string word) => Work(word, "it is shutting down", domain =>
    {
        if (domain.Guest.Running)
        {
            End(domain);
        }
    });

    public void Destroy(string word) => Work(word, "it is being destroyed", End);

    public void Rename(string word, string name) => Work(word, "it is being renamed", domain =>
    {
        Hypervisor.RequireName(name);
        if (host.Hypervisor.IsNameTaken(name, domain))
        {
            throw new XendException(string.Format(
                CultureInfo.InvariantCulture,
                "VM name '{0}' already exists as domain {1}",
                name,
                host.Hypervisor.Domains.First(other => other.Guest.Name == name || other.Configuration.Name == name).Id));
        }

        host.Consoles.Detach(domain.Guest, domain.Configuration.Name);
        domain.Guest.Name = name;
        domain.Configuration = domain.Configuration with { Name = name };
        host.Consoles.Attach(domain.Guest);
    });

    private void Work(string word, string what, Action<Domain> act)
    {
        Domain domain = Get(word);
        domain.Begin(what);
        try
        {
            act(domain);
        }
        finally
        {
            domain.End();
            host.ReleaseIfLost(domain);
        }
    }

    private Domain Start(Domain domain, bool paused)
    {
        try
        {
            GuestDevices.Connect(host, domain.Configuration);
        }
        catch (XendException)
        {
            host.Hypervisor.Remove(domain);
            throw;
        }

        host.Consoles.Attach(domain.Guest);
        host.Log.Info("XendDomainInfo:2013", FormattableString.Invariant($"Domain {domain.Guest.Name} ({domain.Id}) started"));
        if (!paused)
        {
            domain.Guest.Resume();
        }

        domain.End();
        host.ReleaseIfLost(domain);
        return domain;
    }

    private static void Resume(Domain domain, bool ran)
    {
        domain.IsSuspended = false;
        if (ran)
        {
            domain.Guest.Resume();
        }
    }

    private void End(Domain domain)
    {
        host.Log.Debug("XendDomainInfo:1557", $"XendDomainInfo.destroy: domid={domain.Id}");
        host.Consoles.Detach(domain.Guest, domain.Configuration.Name);
        host.Hypervisor.Remove(domain);
    }
}
