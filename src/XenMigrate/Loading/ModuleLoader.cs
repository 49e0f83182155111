namespace XenMigrate;

/// <summary>What happens when PowerShell imports and removes the module.</summary>
public sealed class ModuleLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport() => DependencyResolver.Install();

    /// <summary>Ends the sessions of this runspace. The resolver stays: another runspace may have the module too.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Runspace.DefaultRunspace is { } runspace)
        {
            RunspaceSessions.Close(runspace);
        }
    }
}
