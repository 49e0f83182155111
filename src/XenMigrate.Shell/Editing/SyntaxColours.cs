using System;
using System.Management.Automation.Language;

namespace XenMigrate.Shell.Editing;

/// <summary>Colours PowerShell as it is typed, as PSReadLine does.</summary>
internal static class SyntaxColours
{
    public static string?[] Of(string text)
    {
        string?[] colours = new string?[text.Length];
        _ = Parser.ParseInput(text, out Token[] tokens, out _);
        foreach (Token token in tokens)
        {
            if (ColourOf(token) is { } colour)
            {
                int start = token.Extent.StartOffset;
                Array.Fill(colours, colour, start, Math.Min(token.Extent.EndOffset, text.Length) - start);
            }
        }

        return colours;
    }

    private static string? ColourOf(Token token) => token.Kind switch
    {
        TokenKind.Comment => "\e[32m",
        TokenKind.Parameter => "\e[90m",
        TokenKind.Variable or TokenKind.SplattedVariable => "\e[92m",
        TokenKind.StringExpandable or TokenKind.StringLiteral or TokenKind.HereStringExpandable or TokenKind.HereStringLiteral =>
            "\e[36m",
        TokenKind.Number => "\e[97m",
        _ when token.TokenFlags.HasFlag(TokenFlags.CommandName) => "\e[93m",
        _ when token.TokenFlags.HasFlag(TokenFlags.Keyword) => "\e[92m",
        _ when (token.TokenFlags & (TokenFlags.BinaryOperator | TokenFlags.UnaryOperator)) != 0 => "\e[90m",
        _ => null,
    };
}
