global using System.Reflection;
global using Markdig.Syntax;
