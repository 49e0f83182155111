global using System.Globalization;
global using System.Net.Sockets;
global using System.Security.Cryptography;
global using System.Text;
global using Renci.SshNet;
global using Renci.SshNet.Common;
global using XenMigrate.Remote;
global using XenMigrate.Ssh;
