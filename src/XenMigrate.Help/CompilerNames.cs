using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace XenMigrate.Help;

/// <summary>
/// Takes out of people's sight what the compiler makes of a record, and no source can: Get-Member would list &lt;Clone&gt;$.
/// In the assembly that ships, the method is internal, as our own assemblies may still call it.
/// </summary>
internal static class CompilerNames
{
    private const string Clone = "<Clone>$";

    // In a row of the table of methods, behind the address and the flags of the implementation.
    private const int FlagsAt = 6;

    /// <summary>Changes the file in its place, and only if there is something to hide; its time stays.</summary>
    /// <returns>How many methods were hidden.</returns>
    public static int HideIn(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        int hidden = HideIn(image);
        if (hidden > 0)
        {
            DateTime written = File.GetLastWriteTimeUtc(path);
            File.WriteAllBytes(path, image);
            File.SetLastWriteTimeUtc(path, written);
        }

        return hidden;
    }

    private static int HideIn(byte[] image)
    {
        using PEReader file = new(new MemoryStream([.. image]));
        MetadataReader metadata = file.GetMetadataReader();
        int table = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.MethodDef);
        int size = metadata.GetTableRowSize(TableIndex.MethodDef);
        MethodDefinitionHandle[] clones =
        [
            .. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
                .Where(type => type.Attributes.HasFlag(TypeAttributes.Sealed))
                .SelectMany(type => type.GetMethods())
                .Where(method => metadata.StringComparer.Equals(metadata.GetMethodDefinition(method).Name, Clone) && IsPublic(metadata, method)),
        ];
        foreach (MethodDefinitionHandle clone in clones)
        {
            MethodAttributes flags = metadata.GetMethodDefinition(clone).Attributes & ~MethodAttributes.MemberAccessMask;
            BinaryPrimitives.WriteUInt16LittleEndian(
                image.AsSpan(table + (size * (MetadataTokens.GetRowNumber(clone) - 1)) + FlagsAt), (ushort)(flags | MethodAttributes.Assembly));
        }

        return clones.Length;
    }

    private static bool IsPublic(MetadataReader metadata, MethodDefinitionHandle method) =>
        (metadata.GetMethodDefinition(method).Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public;
}
