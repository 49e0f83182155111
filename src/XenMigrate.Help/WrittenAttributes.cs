namespace XenMigrate.Help;

/// <summary>
/// Attributes as the assembly has them written down. None is made: those of PowerShellStandard.Library, which the
/// assembly was compiled against, are empty.
/// </summary>
internal static class WrittenAttributes
{
    extension(MemberInfo member)
    {
        public IEnumerable<CustomAttributeData> Attributes(string type) =>
            member.CustomAttributes.Where(attribute => attribute.AttributeType.FullName == type);

        public CustomAttributeData? Attribute(string type) => member.Attributes(type).FirstOrDefault();
    }

    extension(CustomAttributeData attribute)
    {
        public object? Named(string name) => attribute.NamedArguments
            .Where(argument => argument.MemberName == name)
            .Select(argument => argument.TypedValue.Value)
            .FirstOrDefault();
    }
}
