using System.Reflection;

namespace XenMigrate.Tests;

public class CorpusTests
{
    [Fact]
    public void Every_folder_of_the_corpus_has_a_theory_that_reads_it() => Assert.Equal(
        Directory.GetDirectories(CorpusCase.Root).Select(Path.GetFileName).Order(),
        typeof(CorpusTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<CorpusAttribute>()?.Format).OfType<string>().Order());
}
