namespace XenMigrate.Remote;

/// <summary>A shell that can also put a file on its host.</summary>
internal interface IHostFiles : IHostShell
{
    /// <summary>Writes a file that is not there yet, byte for byte. What is left of a failure is for the caller to remove.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="path">The file's absolute path on the host; its folder is there.</param>
    /// <param name="cancellationToken">Stops it, with half a file there.</param>
    /// <exception cref="HelperChangeFailedException">The host did not take it; the message says why.</exception>
    Task UploadAsync(Stream content, string path, CancellationToken cancellationToken);
}
