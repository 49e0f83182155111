namespace XenMigrate;

/// <summary>
/// Lets an object be given where its name is asked for, and be found again by <see cref="GivenObjects"/>. Any object can
/// become text, and PowerShell lets it: ours of other types are kept from that, so that they reach the parameters that are
/// meant for them.
/// </summary>
/// <param name="type">What is taken.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TakesAttribute(Type type) : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = Bare(inputData);
        object?[] items = value is IList list and not byte[] ? [.. list.Cast<object?>().Select(Bare)] : [value];
        if (items.Any(item => !type.IsInstanceOfType(item) && IsNoName(item)))
        {
            return new NotAName();
        }

        if (!items.Any(type.IsInstanceOfType))
        {
            return inputData;
        }

        object?[] names = [.. items.Select(item => type.IsInstanceOfType(item) ? GivenObjects.NameOf(item!) : item)];
        return names.All(name => name is string) ? names.Cast<string>().ToArray() : names;
    }

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static bool IsNoName(object? value) => value is PSObject
        || value?.GetType().Namespace == "XenMigrate";

    /// <summary>
    /// PowerShell tries the next parameter where this one's value can't be converted, while an error of an attribute is the
    /// end of it.
    /// </summary>
    private sealed class NotAName
    {
        public override string ToString() => throw new InvalidOperationException("This is neither a name nor an object that has one here.");
    }
}
