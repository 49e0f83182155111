using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using XenMigrate.Environment;
using Xunit;

namespace XenMigrate.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void README_lists_every_check_as_it_is()
    {
        string[] expected =
            [.. AllChecks.InOrder.Select(check => $"{check.Id} | {check.Name} | {check.Category} | {check.ErrorId}")];

        Assert.Equal(expected, Rows("| Id | Check |"));
    }

    [Fact]
    public void README_lists_every_error_id_with_its_category()
    {
        string[] listed = [.. Rows("| Error id | Category |").Select(row => string.Join(" | ", row.Split(" | ").Take(2)))];

        Assert.Equal(ErrorIds.Categories.Select(id => $"{id.Key} | {id.Value}").Order(), listed.Order());
    }

    /// <summary>The rows of the table whose header begins so, without the outer bars.</summary>
    private static IEnumerable<string> Rows(string header) => File.ReadLines(Path.Combine(Root(), "README.md"))
        .SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Trim('|', ' '));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "XenMigrate.psd1")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
