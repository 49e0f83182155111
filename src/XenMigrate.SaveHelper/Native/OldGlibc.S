/*
 * A program binds each function of glibc to the newest version that the machine has which links it, and starts on no
 * older one. Hosts are older than the machine that builds: Debian 11, with Xen 4.14, has glibc 2.31. So the functions whose
 * version is newer than what .NET's runtime itself needs (2.27) are bound here to the version that they had before: the linker
 * is told to --wrap them, and each goes on to the old one. Before 2.34, libpthread.so.0 and libdl.so.2 had some of them.
 */
        .text

        .macro  old name, version=GLIBC_2.2.5
        .symver old_\name, \name@\version
        .globl  __wrap_\name
        .type   __wrap_\name, @function
__wrap_\name:
        jmp     *old_\name@GOTPCREL(%rip)
        .size   __wrap_\name, . - __wrap_\name
        .endm

        old     dladdr
        old     dlerror
        old     dlopen
        old     dlsym
        old     log
        old     pow
        old     pthread_attr_getstack
        old     pthread_attr_setstacksize
        old     pthread_condattr_setclock, GLIBC_2.3.3
        old     pthread_create
        old     pthread_getattr_np
        old     pthread_key_create
        old     pthread_kill
        old     pthread_mutexattr_destroy
        old     pthread_mutexattr_init
        old     pthread_mutexattr_settype
        old     pthread_rwlock_rdlock
        old     pthread_rwlock_unlock
        old     pthread_rwlock_wrlock
        old     pthread_setname_np, GLIBC_2.12
        old     pthread_setspecific
        old     pthread_sigmask

/*
 * Before 2.34 a program brought along the function that runs its constructors, and gave it to __libc_start_main as the
 * fourth argument; newer start files give none. It is called with argc, argv and environ.
 */
        .symver old_libc_start_main, __libc_start_main@GLIBC_2.2.5
        .globl  __wrap___libc_start_main
        .type   __wrap___libc_start_main, @function
__wrap___libc_start_main:
        leaq    run_constructors(%rip), %rcx
        xorl    %r8d, %r8d
        jmp     *old_libc_start_main@GOTPCREL(%rip)
        .size   __wrap___libc_start_main, . - __wrap___libc_start_main

        .type   run_constructors, @function
run_constructors:
        pushq   %rbx
        pushq   %r12
        pushq   %r13
        pushq   %r14
        pushq   %r15
        movl    %edi, %r12d
        movq    %rsi, %r13
        movq    %rdx, %r14
        call    _init
        leaq    __init_array_start(%rip), %rbx
        leaq    __init_array_end(%rip), %r15
1:      cmpq    %r15, %rbx
        jae     2f
        movl    %r12d, %edi
        movq    %r13, %rsi
        movq    %r14, %rdx
        call    *(%rbx)
        addq    $8, %rbx
        jmp     1b
2:      popq    %r15
        popq    %r14
        popq    %r13
        popq    %r12
        popq    %rbx
        ret
        .size   run_constructors, . - run_constructors

        .section .note.GNU-stack, "", @progbits
