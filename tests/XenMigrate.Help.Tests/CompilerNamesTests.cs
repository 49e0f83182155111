using System.Reflection;
using System.Runtime.Loader;

namespace XenMigrate.Help.Tests;

public sealed class CompilerNamesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    [Fact]
    public void A_record_keeps_its_copying_to_its_own_assembly()
    {
        string path = Path.Combine(_folder, "Records.dll");
        File.Copy(typeof(Sample).Assembly.Location, path);
        DateTime written = File.GetLastWriteTimeUtc(path);

        Assert.True(CompilerNames.HideIn(path) > 0);

        AssemblyLoadContext context = new("records", isCollectible: true);
        using (FileStream file = File.OpenRead(path))
        {
            Type sample = context.LoadFromStream(file).GetType(typeof(Sample).FullName!)!;
            Assert.DoesNotContain(sample.GetMethods(), method => method.Name.Contains('<', StringComparison.Ordinal));
            object next = sample.GetMethod(nameof(Sample.Next))!.Invoke(Activator.CreateInstance(sample, 1), null)!;
            Assert.Equal("2", next.ToString());
        }

        context.Unload();
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.Equal(0, CompilerNames.HideIn(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public sealed record Sample(int Number)
    {
        public Sample Next() => this with { Number = Number + 1 };

        public override string ToString() => $"{Number}";
    }
}
