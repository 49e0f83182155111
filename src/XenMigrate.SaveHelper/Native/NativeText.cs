using System.Collections;

namespace XenMigrate.SaveHelper.Native;

/// <summary>Text as C knows it. It is never freed: what is made lives as long as the process, or until exec.</summary>
internal static unsafe class NativeText
{
    public static byte* Of(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);

    public static byte** ListOf(IReadOnlyList<string> words)
    {
        byte** list = (byte**)NativeMemory.AllocZeroed((nuint)words.Count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < words.Count; i++)
        {
            list[i] = Of(words[i]);
        }

        return list;
    }

    /// <summary>This process's environment, for a program that it starts.</summary>
    public static byte** Environment()
    {
        List<string> entries = [];
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            entries.Add($"{variable.Key}={variable.Value}");
        }

        return ListOf(entries);
    }

    public static ReadOnlySpan<byte> Bytes(byte* text) =>
        text is null ? default : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
}
