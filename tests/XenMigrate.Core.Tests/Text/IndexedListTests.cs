using System.Reflection;
using System.Runtime.CompilerServices;

namespace XenMigrate.Tests;

public class IndexedListTests
{
    private static readonly MethodInfo s_list = typeof(IndexedListTests).GetMethod(nameof(List), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static TheoryData<string> Lists { get; } =
    [
        .. typeof(XenMigrateException).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties(), (type, property) => (Type: type, Property: property))
            .Where(found => found.Property.CanWrite
                && found.Property.DeclaringType == found.Type
                && found.Property.PropertyType is { IsGenericType: true } list
                && list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            .Select(found => $"{found.Type.FullName} {found.Property.Name}"),
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_script_can_index_what_it_is_given_and_read_it_as_text(string name)
    {
        string[] words = name.Split(' ');
        Type type = typeof(XenMigrateException).Assembly.GetType(words[0], throwOnError: true)!;
        PropertyInfo property = type.GetProperty(words[1])!;
        object instance = RuntimeHelpers.GetUninitializedObject(type);

        property.SetValue(instance, s_list.MakeGenericMethod(property.PropertyType.GetGenericArguments()).Invoke(null, null));

        object list = property.GetValue(instance)!;
        Assert.Equal(string.Join("; ", ((System.Collections.IEnumerable)list).Cast<object?>()), list.ToString());
        Assert.True(list is Array || list.GetType().GetProperty("Item") is not null, $"{list.GetType()} shows no indexer");
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void What_is_empty_at_first_is_no_text(string name)
    {
        string[] words = name.Split(' ');
        Type type = typeof(XenMigrateException).Assembly.GetType(words[0], throwOnError: true)!;
        if (type.GetConstructor(Type.EmptyTypes) is { } constructor)
        {
            Assert.Equal("", $"{type.GetProperty(words[1])!.GetValue(constructor.Invoke(null))}");
        }
    }

    private static IReadOnlyList<T?> List<T>() => [default, default];
}
