using System.Reflection;
using Xunit.Sdk;

namespace XenMigrate.Tests;

/// <summary>Gives a theory every case that lies in a folder of tests/Corpus.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusAttribute(string format) : DataAttribute
{
    public string Format { get; } = format;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => CorpusCase.Of(Format).Select(given => new object[] { given });
}
