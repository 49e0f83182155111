using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Toolstacks.Xl;

namespace XenMigrate.SavedGuests;

/// <summary>An image that <c>xl save</c> wrote: what can be told of it without reading all of it.</summary>
internal sealed record XlImage(SavedGuest Saved, XlConfiguration Configuration) : GuestImage(Saved)
{
    // The configuration follows the header; more than this it never was.
    private const int HeadLength = 128 * 1024;
    private const int HeaderLength = 48;
    private const uint ByteOrderMark = 0x01020304;
    private const uint JsonConfiguration = 1;
    private const uint StreamVersion2 = 2;
    private const int EndRecordLength = 8;

    private static readonly byte[] s_magic = Encoding.ASCII.GetBytes("Xen saved domain, xl format\n \0 \r");

    public static Question<XlImage> Question(string host, string path) => new(
        [
            Stat(path),
            RemoteCommand.Script($"""head -c {HeadLength} -- "$1" | base64""", path),
            RemoteCommand.Script($"""tail -c {EndRecordLength} -- "$1" | base64""", path),
        ],
        results => Read(host, path, results));

    public override IReadOnlyList<GuestDisk> Disks => Configuration.Disks;

    private static XlImage Read(string host, string path, IReadOnlyList<CommandResult> results)
    {
        SavedGuest file = ReadStat(host, path, results[0]);
        try
        {
            XlConfiguration configuration = ParseHead(Convert.FromBase64String(results[1].Output));
            RequireEnd(Convert.FromBase64String(results[2].Output));
            return new XlImage(file with { Name = configuration.Name ?? "", Uuid = configuration.Uuid }, configuration);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new SavedGuestCorruptException(path, host, e.Message);
        }
    }

    /// <summary>Reads the header and the configuration.</summary>
    /// <exception cref="InvalidDataException">It is no image, or one we can't judge; the message says why.</exception>
    public static XlConfiguration ParseHead(byte[] head)
    {
        if (head.Length < HeaderLength || !head.Take(s_magic.Length).SequenceEqual(s_magic))
        {
            throw new InvalidDataException("it does not begin as xl's images do");
        }

        if (UInt32(head, 32) != ByteOrderMark)
        {
            throw new InvalidDataException("it was written on a machine of the other byte order");
        }

        uint flags = UInt32(head, 36);
        if ((flags & ~(JsonConfiguration | StreamVersion2)) != 0)
        {
            throw new InvalidDataException($"it needs a newer xl (flags 0x{flags:x})");
        }

        if ((flags & JsonConfiguration) == 0)
        {
            throw new InvalidDataException("its configuration is not JSON: it is from before Xen 4.5");
        }

        uint length = UInt32(head, HeaderLength);
        return HeaderLength + 4 + (long)length <= head.Length
            ? ParseConfiguration(Encoding.UTF8.GetString(head, HeaderLength + 4, (int)length))
            : throw new InvalidDataException("it ends within its configuration");
    }

    private static XlConfiguration ParseConfiguration(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimEnd('\0'));
            XlConfiguration configuration = XlListLong.Configuration(id: 0, document.RootElement);
            return string.IsNullOrEmpty(configuration.Name)
                ? throw new InvalidDataException("its configuration has no name")
                : configuration;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("its configuration is no JSON", e);
        }
    }

    /// <summary>The stream's last record has type 0 and length 0; an image cut short ends in something else.</summary>
    private static void RequireEnd(byte[] tail)
    {
        if (tail.Length != EndRecordLength || tail.Any(b => b != 0))
        {
            throw new InvalidDataException("it has no end: the save did not finish");
        }
    }

    private static uint UInt32(byte[] bytes, int at) =>
        at + 4 <= bytes.Length
            ? (uint)(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24))
            : throw new InvalidDataException("it ends within its header");
}
