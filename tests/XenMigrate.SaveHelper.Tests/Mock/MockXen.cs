using System.Reflection;

namespace XenMigrate.Tests.Mock;

/// <summary>Xen's libraries, as far as the helper needs them, of two versions: one for each way of passing a round's figures.</summary>
public sealed class MockXen : IDisposable
{
    public const string Old = "4.14";
    public const string New = "4.17";

    public MockXen()
    {
        foreach (string version in (string[])[Old, New])
        {
            Compile("xenctrl", version);
            Compile("xenguest", version, "-L" + Folder, "-l:libxenctrl.so." + version);
        }
    }

    public static string Program { get; } = typeof(MockXen).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "NativeProgram").Value!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("xenmigrate-mock-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Compile(string library, string version, params string[] more)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Mock", library + ".c");
        string[] words = ["-shared", "-fPIC", "-O1", version == Old ? "-DXEN_4_14" : "-DXEN_NEW", "-o", $"{Folder}/lib{library}.so.{version}", source, .. more];
        using Process gcc = Process.Start("gcc", words);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
    }
}

[CollectionDefinition(Name)]
public sealed class MockXenTests : ICollectionFixture<MockXen>
{
    public const string Name = "mock Xen";
}
