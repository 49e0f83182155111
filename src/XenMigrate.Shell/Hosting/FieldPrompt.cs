using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace XenMigrate.Shell.Hosting;

/// <summary>Asks for the mandatory parameters that a command was not given.</summary>
internal sealed class FieldPrompt(Questions questions)
{
    public Dictionary<string, PSObject> Ask(string caption, string message, Collection<FieldDescription> fields)
    {
        questions.Introduce(caption, message);
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in fields)
        {
            answers[field.Name] = PSObject.AsPSObject(Ask(field));
        }

        return answers;
    }

    private object Ask(FieldDescription field)
    {
        string label = string.IsNullOrEmpty(field.Label) ? field.Name : field.Label.Replace("&", "", StringComparison.Ordinal);
        Type? type = Type.GetType($"{field.ParameterTypeFullName}, {field.ParameterAssemblyFullName}")
            ?? Type.GetType(field.ParameterTypeFullName);

        if (type == typeof(SecureString))
        {
            return questions.Secret(label + ": ");
        }

        if (type == typeof(PSCredential))
        {
            string user = questions.Line($"{label}, user: ");
            return new PSCredential(user, questions.Secret($"Password for {user}: "));
        }

        return type is { IsArray: true } ? List(label) : questions.Line(label + ": ");
    }

    /// <summary>One element a line, until an empty one.</summary>
    private string[] List(string label)
    {
        List<string> elements = [];
        while (questions.Line($"{label}[{elements.Count}]: ") is { Length: > 0 } element)
        {
            elements.Add(element);
        }

        return [.. elements];
    }
}
