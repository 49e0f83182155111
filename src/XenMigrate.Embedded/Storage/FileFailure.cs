namespace XenMigrate.Embedded.Storage;

/// <summary>A system call on a file failed; the message is what strerror says of it.</summary>
internal sealed class FileFailure(string message) : Exception(message)
{
    public static FileFailure Missing => new("No such file or directory");

    public static FileFailure NotAFolder => new("Not a directory");

    public static FileFailure IsFolder => new("Is a directory");

    public static FileFailure Exists => new("File exists");

    public static FileFailure Busy => new("Device or resource busy");

    public static FileFailure ReadOnly => new("Read-only file system");

    public static FileFailure Denied => new("Permission denied");
}
