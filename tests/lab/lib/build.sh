# shellcheck shell=bash
# When to build the image, and under what name.

# Changes whenever a file that goes into the image does.
inputs_id() {
  (cd "$LAB" && find image lib/settings.sh lib/versions.sh -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c 1-16
}

image_id() { cat "$IMAGE/id" 2>/dev/null; }

build_image() {
  local inputs
  need_packages
  inputs=$(inputs_id)
  [[ $(image_id) != "$inputs" ]] || return 0
  need_space 6
  need_memory 4

  # A mount namespace of its own: nothing stays mounted, whether the build ends, fails or is killed.
  unshare --mount --propagation private "$LAB/image/build.sh" "$VERSION" 9>&- || die "the image could not be built"
  echo "$inputs" >"$IMAGE/id"
}
