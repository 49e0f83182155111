namespace XenMigrate.Embedded.Dom0;

/// <summary>What xend does with the guests of its host, but for moving them.</summary>
internal sealed class XendDomains(ControlDomain dom0)
{
    /// <exception cref="XendException">There is none.</exception>
    public Domain Get(string word) => dom0.Hypervisor.Find(word)
        ?? throw new XendException(word is "0" or "Domain-0"
            ? "Cannot do that to privileged domain 0"
            : $"Domain '{word}' does not exist.");

    public Domain Create(string configurationPath, bool paused)
    {
        string path = configurationPath.Contains('/') ? configurationPath : "/etc/xen/" + configurationPath;
        if (dom0.Files.Find(path) is not { IsFolder: false })
        {
            throw new XendException($"Unable to open config file: {configurationPath}");
        }

        DomainConfiguration configuration = XmFile.Parse(dom0.Files.ReadText(path));
        string description = DomainSxp.Of(configuration).ToString();
        Domain domain = dom0.Hypervisor.Add(
            configuration,
            dom0.Machine.Now(),
            () => EmbeddedGuest.Boot(
                new DomainIdentity(configuration.Name, configuration.Uuid, description), configuration.Pages, configuration.Workload, dom0.Machine.Now),
            "it is being created");
        return Start(domain, paused);
    }

    public Domain Restore(string path, bool paused)
    {
        FileContent content;
        try
        {
            content = dom0.Files.Content(path);
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
            Domain domain = dom0.Hypervisor.Add(
                configuration,
                dom0.Machine.Now(),
                () => new EmbeddedGuest(
                    new DomainIdentity(configuration.Name, configuration.Uuid, description),
                    new GuestMemory(configuration.Pages),
                    new VirtualRegisters(configuration.Workload, 0, 0),
                    dom0.Machine.Now),
                "it is being restored");
            try
            {
                reader.ReadInto(domain.Guest);
            }
            catch (XendException e)
            {
                dom0.Hypervisor.Remove(domain);
                throw new XendException($"/usr/lib64/xen/bin/xc_restore 4 {domain.Id} 1 2 0 0 0 0 failed: {e.Message}");
            }

            return Start(domain, paused);
        }
        catch (XendException e)
        {
            dom0.Log.Error("XendDomain:1107", $"Restore failed: {e.Message}");
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
            bool isNew = dom0.Files.Find(path) is null;
            StoredContent content = dom0.Files.Store(path);
            using (System.IO.Stream stream = content.OpenToWrite())
            {
                XendImageWriter.Write(stream, domain.Configuration, domain.Guest);
            }

            if (isNew)
            {
                // xend's own umask leaves it to everybody, as the chapter's ls shows.
                dom0.Files.Get(path).Mode = Convert.ToInt32("755", 8);
            }

            dom0.Log.Info("XendCheckpoint:164", FormattableString.Invariant($"Domain {domain.Id} suspended."));
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
        if (dom0.Hypervisor.IsNameTaken(name, domain))
        {
            throw new XendException(string.Format(
                CultureInfo.InvariantCulture,
                "VM name '{0}' already exists as domain {1}",
                name,
                dom0.Hypervisor.Domains.First(other => other.Guest.Name == name || other.Configuration.Name == name).Id));
        }

        dom0.Consoles.Detach(domain.Guest, domain.Configuration.Name);
        domain.Guest.Name = name;
        domain.Configuration = domain.Configuration with { Name = name };
        dom0.Consoles.Attach(domain.Guest);
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
            dom0.Hypervisor.ReleaseIfLost(domain);
        }
    }

    private Domain Start(Domain domain, bool paused)
    {
        try
        {
            GuestDevices.Connect(dom0, domain.Configuration);
        }
        catch (XendException)
        {
            dom0.Hypervisor.Remove(domain);
            throw;
        }

        dom0.Consoles.Attach(domain.Guest);
        dom0.Log.Info("XendDomainInfo:2013", FormattableString.Invariant($"Domain {domain.Guest.Name} ({domain.Id}) started"));
        if (!paused)
        {
            domain.Guest.Resume();
        }

        domain.End();
        dom0.Hypervisor.ReleaseIfLost(domain);
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
        dom0.Log.Debug("XendDomainInfo:1557", $"XendDomainInfo.destroy: domid={domain.Id}");
        dom0.Consoles.Detach(domain.Guest, domain.Configuration.Name);
        dom0.Hypervisor.Remove(domain);
    }
}
