namespace XenMigrate.Text;

/// <summary>Reads the names of enum members in files that may have been changed by hand.</summary>
internal static class EnumText
{
    /// <summary>The member of this very name; null for anything else, such as a number or several names.</summary>
    public static T? Parse<T>(string text)
        where T : struct, Enum =>
        text.Length > 0 && char.IsLetter(text[0]) && Enum.TryParse(text, out T value) && value.ToString() == text ? value : null;
}
