using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation.Host;

namespace XenMigrate.Shell.Hosting;

/// <summary>A question with a few answers, each known by a letter: "[Y] Yes  [N] No  [?] Help (default is "Y"): ".</summary>
internal sealed class ChoicePrompt(Questions questions)
{
    public int Ask(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Choice[] all = [.. choices.Select(Choice.Of)];
        string answers = string.Join("  ", all.Select(choice => $"[{choice.Key}] {choice.Label}"));
        string preset = defaultChoice >= 0 && defaultChoice < all.Length ? $" (default is \"{all[defaultChoice].Key}\")" : "";

        questions.Introduce(caption, message);
        while (true)
        {
            string answer = questions.Line($"{answers}  [?] Help{preset}: ").Trim();
            if (answer.Length == 0 && preset.Length > 0)
            {
                return defaultChoice;
            }

            if (answer == "?")
            {
                foreach (Choice choice in all)
                {
                    questions.Say($"{choice.Key} - {choice.Help}");
                }

                continue;
            }

            int chosen = Array.FindIndex(all, choice => choice.IsMeantBy(answer));
            if (chosen >= 0)
            {
                return chosen;
            }
        }
    }

    private sealed record Choice(string Key, string Label, string Help)
    {
        public static Choice Of(ChoiceDescription description)
        {
            string label = description.Label.Replace("&", "", StringComparison.Ordinal);
            int mark = description.Label.IndexOf('&', StringComparison.Ordinal);
            string key = mark >= 0 && mark + 1 < description.Label.Length
                ? description.Label[mark + 1].ToString().ToUpperInvariant()
                : label;
            return new Choice(key, label, description.HelpMessage);
        }

        public bool IsMeantBy(string answer) =>
            answer.Equals(Key, StringComparison.OrdinalIgnoreCase)
            || answer.Equals(Label, StringComparison.OrdinalIgnoreCase);
    }
}
