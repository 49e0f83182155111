namespace XenMigrate.Ssh;

/// <summary>Reads a target's known_hosts files, and records a key in the first.</summary>
internal static class KnownHostsFiles
{
    /// <exception cref="ConfigurationInvalidException">A file is there and can't be read.</exception>
    public static KnownHosts Read(SshTarget target) =>
        new(target.UserKnownHostsFiles.Concat(target.GlobalKnownHostsFiles).Select(Text), target.KnownHostsName);

    /// <exception cref="ConfigurationInvalidException">The file can't be written.</exception>
    public static void Record(SshTarget target, HostKey key)
    {
        if (target.UserKnownHostsFiles.Count == 0)
        {
            throw new ConfigurationInvalidException(
                "UserKnownHostsFile", $"there is no file to record the key of {target.Name} in");
        }

        string path = target.UserKnownHostsFiles[0];
        string name = target.HashKnownHosts
            ? HashedHostName.Hide(target.KnownHostsName).ToString()
            : target.KnownHostsName;
        Guarded<object?>(path, () =>
        {
            Append(path, $"{name} {key.Type} {key.Base64}\n");
            return null;
        });
    }

    // Whole lines only: a file that ends inside a line gets that line's end first.
    private static void Append(string path, string line)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            Platform.CreatePrivateFolder(folder);
        }

        using FileStream file = Platform.OpenPrivateFile(path);
        byte[] text = Encoding.UTF8.GetBytes((EndsInsideLine(file) ? "\n" : "") + line);
        file.Seek(0, SeekOrigin.End);
        file.Write(text, 0, text.Length);
    }

    private static bool EndsInsideLine(FileStream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    private static string Text(string path) =>
        File.Exists(path) ? Guarded(path, () => File.ReadAllText(path)) : "";

    private static T Guarded<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (IOException e)
        {
            throw new ConfigurationInvalidException(path, "it can't be used: " + e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ConfigurationInvalidException(path, "it may not be used: " + e.Message, e);
        }
    }
}
