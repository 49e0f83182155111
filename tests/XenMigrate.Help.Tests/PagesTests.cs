using System.Text.RegularExpressions;

namespace XenMigrate.Help.Tests;

/// <summary>Says where the pages and the cmdlets disagree. What fails names the cmdlet.</summary>
public sealed class PagesTests
{
    [Fact]
    public void Each_cmdlet_has_a_page_and_no_page_is_left_over() => Assert.Equal(
        Pages.Cmdlets.Select(cmdlet => cmdlet.Name).Order(),
        Directory.EnumerateFiles(Pages.Folder, "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order());

    [Fact]
    public void Each_page_describes_the_parameters_of_its_cmdlet_and_nothing_else() => Assert.Empty(
        Pages.Cmdlets.SelectMany(cmdlet =>
        {
            string[] described = [.. Pages.Of(cmdlet).Parameters.Where(text => text.Value.Paragraphs.Count > 0).Select(text => text.Key)];
            string[] there = [.. cmdlet.Parameters.Select(parameter => parameter.Name)];
            return there.Except(described).Select(name => $"{cmdlet.Name} -{name} is not described")
                .Concat(described.Except(there).Select(name => $"{cmdlet.Name} has no -{name}"));
        }));

    [Fact]
    public void Each_page_says_what_goes_in_what_comes_out_and_what_it_is_for() => Assert.Empty(
        Pages.Cmdlets.Where(cmdlet => Pages.Of(cmdlet) is not
        {
            Synopsis.Count: 1,
            Description.Count: > 0,
            Inputs.Count: > 0,
            Outputs.Count: > 0,
        }).Select(cmdlet => cmdlet.Name));

    [Fact]
    public void Each_cmdlet_has_two_examples_or_more() =>
        Assert.Empty(Pages.Cmdlets.Where(cmdlet => Pages.Of(cmdlet).Examples.Count < 2).Select(cmdlet => cmdlet.Name));

    [Fact]
    public void Each_example_has_a_number_a_title_code_and_a_remark_on_what_it_shows() => Assert.Empty(
        Pages.Cmdlets.SelectMany(cmdlet => Pages.Of(cmdlet).Examples
            .Where((example, index) =>
                !Regex.IsMatch(example.Title, $"^Example {index + 1}: \\S") || example.Code.Length == 0 || example.Remarks.Count == 0)
            .Select(example => $"{cmdlet.Name}: {example.Title}")));

    [Fact]
    public void Each_page_is_opened_where_the_manifest_says_the_project_is()
    {
        string manifest = File.ReadAllText(Path.Combine(Pages.Root, "XenMigrate.psd1"));
        string project = Regex.Match(manifest, @"ProjectUri\s*=\s*'([^']+)'").Groups[1].Value;

        Assert.StartsWith("https://", project);
        Assert.All(Pages.Cmdlets, cmdlet =>
            Assert.Equal($"{project}/blob/main/src/XenMigrate/help/{cmdlet.Name}.md", Pages.Of(cmdlet).OnlineVersion));
    }

    [Fact]
    public void Each_link_leads_to_a_page_or_an_about_topic() => Assert.Empty(
        Pages.Cmdlets.SelectMany(cmdlet => Pages.Of(cmdlet).Links
            .Where(link => !File.Exists(Path.Combine(Pages.Folder, link + ".md"))
                && !File.Exists(Path.Combine(Pages.Root, $"module/en-US/{link}.help.txt")))
            .Select(link => $"{cmdlet.Name}: {link}")));
}
