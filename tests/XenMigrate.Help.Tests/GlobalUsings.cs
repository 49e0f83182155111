global using XenMigrate.Help.Tests;
global using Xunit;
