global using XenMigrate.Simulation;
global using XenMigrate.Simulation.Tests;
global using XenMigrate.Tests;
global using Xunit;
