namespace XenMigrate;

/// <summary>
/// Says of an object that came out of a file, a job or another machine that it is a copy, and what to give in its place. An
/// error of an attribute is the end of the search for a parameter.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LiveAttribute : ArgumentTransformationAttribute
{
    private const string Copy = "Deserialized.XenMigrate.";

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is PSObject given && given.TypeNames.FirstOrDefault() is { } type && type.StartsWith(Copy, StringComparison.Ordinal)
            ? throw new ArgumentTransformationMetadataException(
                $"This is the copy of a {type.Split('.').Last()} that Import-Clixml or another process made: it can be read, and not worked with. "
                + "Get-GuestMigration reads the move itself, from its LogPath: give what that returns.")
            : inputData;
}
